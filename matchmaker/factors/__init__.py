"""The second step of signing in: a passkey, a code from an app, and codes on paper for when both are gone."""
