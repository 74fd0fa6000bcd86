"""A passkey of an invented person, made as a device makes one."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from infracommons.web.accounts.models import User

_ID = b"the key of an invented person"
_PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT


def add_key(person: User) -> str:
    """Give the person a key and return the path under which it is renamed and removed."""
    made = generate_private_key(SECP256R1()).public_key()
    public = ES256.from_cryptography_key(made)  # type: ignore[no-untyped-call]  # fido2 declares none here
    known = AttestedCredentialData.create(Aaguid.NONE, _ID, public)
    said = AuthenticatorData.create(bytes(32), _PRESENT_AND_VERIFIED, 1, known)
    seen = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"", "http://localhost")
    credential = {
        "id": websafe_encode(_ID),
        "rawId": websafe_encode(_ID),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(seen),
            "attestationObject": websafe_encode(AttestationObject.create("none", said, {})),
        },
    }
    key = WebAuthn.add(person, "Laptop of Tom", credential).instance
    assert isinstance(key, Authenticator)
    return reverse("mfa_edit_webauthn", args=[key.pk]).removesuffix("edit/")
