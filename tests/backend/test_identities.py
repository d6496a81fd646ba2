"""Whose address a provider may name: of its own domains, and no others."""

import pytest

from backend.mistakes import Mistake
from backend.settings import Settings
from backend.sign_in import ENTRA, NotTrusted, of_settings

ASHBY = "11111111-2222-3333-4444-555555555555"
BRACKLEY = "99999999-8888-7777-6666-555555555555"
TENANTS = f"{ASHBY}=ashby.gov.uk+ashby-council.gov.uk, {BRACKLEY}=brackley.gov.uk"


def provider(**settings):
    (found,) = of_settings(Settings(**settings))
    return found


def address_of(tenant, **claims):
    """The address by which Entra ID may tie a new account to a person."""
    entra = provider(oidc_issuer=f"{ENTRA}organizations/v2.0", oidc_tenants=TENANTS)
    everything = {"iss": f"{ENTRA}{tenant}/v2.0", "tid": tenant, "oid": "o", "sub": "s", **claims}
    assert entra.accepts(everything, everything["iss"])
    return entra.identity(everything)[2]


def test_a_tenant_vouches_for_the_user_names_of_its_own_domains():
    assert address_of(ASHBY, preferred_username="Ada@Ashby.gov.uk") == "Ada@Ashby.gov.uk"
    assert address_of(ASHBY, preferred_username="ada@ashby-council.gov.uk")
    assert address_of(BRACKLEY, preferred_username="ada@ashby.gov.uk") == ""


@pytest.mark.parametrize(
    "name",
    ["", "ada", "ada@ashby.gov.uk.evil.example", "ada@evil.example@ashby.gov.uk", "@ashby.gov.uk", None, 7],
)  # fmt: skip
def test_a_user_name_that_is_no_address_of_a_domain_ties_nobody(name):
    assert address_of(ASHBY, preferred_username=name) == ""


@pytest.mark.parametrize("vouched", [True, "true", "1", 1])
def test_an_email_counts_once_its_domain_is_vouched_for(vouched):
    claims = {"preferred_username": "ada@ashby.onmicrosoft.com", "email": "ada@ashby.gov.uk"}
    assert address_of(ASHBY, **claims, xms_edov=vouched) == "ada@ashby.gov.uk"
    assert address_of(BRACKLEY, **claims, xms_edov=vouched) == ""


@pytest.mark.parametrize("vouched", [False, None, "false", "0", 0])
def test_an_email_that_nobody_vouches_for_ties_nobody(vouched):
    assert address_of(ASHBY, email="ada@ashby.gov.uk", xms_edov=vouched) == ""
    assert address_of(ASHBY, email="ada@ashby.gov.uk") == ""


def test_a_tenant_that_is_not_listed_is_not_accepted():
    entra = provider(oidc_issuer=f"{ENTRA}organizations/v2.0", oidc_tenants=TENANTS)
    other = "00000000-0000-0000-0000-000000000000"
    assert not entra.accepts({"tid": other}, f"{ENTRA}{other}/v2.0")


@pytest.mark.parametrize(
    "setting", [ASHBY, f"{ASHBY}=", f"{ASHBY}=+", f"{ASHBY}=ashby", "ashby=ashby.gov.uk", f"{TENANTS},{ASHBY}"]
)  # fmt: skip
def test_a_tenant_without_its_domains_is_refused_at_start(setting):
    with pytest.raises(Mistake, match=r"^TANDEM_OIDC_TENANTS: .* is not a tenant with"):
        provider(oidc_issuer=f"{ENTRA}organizations/v2.0", oidc_tenants=setting)


def workspace(**claims):
    google = provider(oidc_issuer="https://accounts.google.com", oidc_domains="Ashby.gov.uk")
    return google.identity({"iss": google.issuer, "sub": "s", "email_verified": True, **claims})[2]


def test_a_workspace_vouches_for_addresses_of_its_own_domain():
    assert workspace(hd="ashby.gov.uk", email="ada@ashby.gov.uk") == "ada@ashby.gov.uk"
    assert workspace(hd="ashby.gov.uk", email="bilal@brackley.gov.uk") == ""
    with pytest.raises(NotTrusted):
        workspace(hd="evil.example", email="ada@ashby.gov.uk")
    with pytest.raises(NotTrusted):
        workspace(email="ada@ashby.gov.uk")
