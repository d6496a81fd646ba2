// panva's oidc-provider as somebody else's identity provider: whoever asks is signed in at once.
//
// POST /control settles who that is, what client it knows, and how it goes wrong; the first line on
// standard output is its address, and it ends when its standard input does.

import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA'];
let address, answer, provider, keys, wanted;

async function freshKeys(generation) {
  const made = ALGORITHMS.map(async (alg) => {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `${alg} ${generation}` };
  });
  return { keys: await Promise.all(made) };
}

const signed = (payload, alg, key, kid) =>
  new SignJWT(payload).setProtectedHeader({ alg, ...(kid && { kid }) }).sign(key);

async function signedByUs(payload) {
  const key = keys.keys.find(({ alg }) => alg === 'RS256');
  return signed(payload, 'RS256', key, key.kid);
}

// What a provider that is broken, or somebody in its place, might hand out for an ID token.
const BENDS = {
  none: (claims) => new UnsecuredJWT(claims).encode(),
  secret: (claims) => signed(claims, 'HS256', new TextEncoder().encode(wanted.client.client_secret)),
  stranger: async (claims) => {
    const { privateKey } = await generateKeyPair('RS256');
    return signed(claims, 'RS256', privateKey, keys.keys[0].kid);
  },
  audience: (claims) => signedByUs({ ...claims, aud: 'somebody else' }),
  issuer: (claims) => signedByUs({ ...claims, iss: 'https://evil.example' }),
  expired: (claims) => signedByUs({ ...claims, iat: claims.iat - 7200, exp: claims.exp - 7200 }),
  nonceless: ({ nonce, ...claims }) => signedByUs(claims),
  missing: () => undefined,
};

async function bent(context, next) {
  await next();
  if (wanted.details_of && context.path === '/me') context.body.sub = wanted.details_of;
  const bend = BENDS[wanted.bend];
  if (bend && context.path === '/token' && context.body?.id_token) {
    context.body.id_token = await bend(decodeJwt(context.body.id_token));
  }
}

function build() {
  const alg = wanted.alg ?? 'RS256';
  provider = new Provider(wanted.issuer ?? address, {
    clients: [{ ...wanted.client, id_token_signed_response_alg: alg }],
    jwks: keys,
    cookies: { keys: ['a key of the test'] },
    pkce: { required: () => true },
    enabledJWA: { idTokenSigningAlgValues: [...new Set([alg, ...(alg === 'HS256' ? [] : ALGORITHMS)])] },
    conformIdTokenClaims: wanted.email_at !== 'id_token',
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ ...wanted.account, sub: accountId }) }),
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  provider.use(bent);
  provider.on('server_error', (_, problem) => console.error(problem));
  answer = provider.callback();
}

async function control(request, response) {
  const { renew, ...settled } = await json(request);
  if (renew) keys = await freshKeys(renew);
  wanted = settled;
  build();
  response.end();
}

async function signIn(request, response) {
  const result = wanted.account
    ? { login: { accountId: wanted.account.sub } }
    : { error: 'access_denied', error_description: 'the person said no' };
  await provider.interactionFinished(request, response, result);
}

const server = createServer((request, response) => {
  if (request.url === '/control') return control(request, response);
  if (request.url.startsWith('/interaction/')) return signIn(request, response);
  return answer(request, response);
});

keys = await freshKeys(0);
server.listen(0, '127.0.0.1', () => {
  address = `http://127.0.0.1:${server.address().port}`;
  console.log(address);
});
process.stdin.resume().on('end', () => process.exit(0));
