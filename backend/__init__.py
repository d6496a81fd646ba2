"""Composes the product of its three parts: settings, app, sign-in, schema, index, digest, commands."""
