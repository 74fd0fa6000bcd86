import pytest
from django.core.exceptions import ImproperlyConfigured

from infracommons.config.sign_in import providers

OIDC = {"OIDC_SERVER_URL": "https://id.example.org", "OIDC_CLIENT_ID": "i", "OIDC_SECRET": "s"}


def test_without_settings_no_service_is_offered() -> None:
    assert providers({}) == {}
    assert providers({"ORCID_CLIENT_ID": " ", "ORCID_SECRET": ""}) == {}


def test_orcid_is_set_up_by_two_values_and_may_be_the_sandbox() -> None:
    set_up = providers({"ORCID_CLIENT_ID": "APP-1", "ORCID_SECRET": "s", "ORCID_DOMAIN": "sandbox.orcid.org"})
    assert set_up["orcid"]["BASE_DOMAIN"] == "sandbox.orcid.org"
    assert set_up["orcid"]["APPS"] == [{"client_id": "APP-1", "secret": "s", "name": "ORCID"}]


def test_one_openid_connect_service_is_set_up_by_three_values_and_a_name() -> None:
    (app,) = providers(OIDC | {"OIDC_NAME": "Example University"})["openid_connect"]["APPS"]
    assert (app["name"], app["settings"]["server_url"]) == ("Example University", "https://id.example.org")
    assert providers(OIDC)["openid_connect"]["APPS"][0]["name"] == "your organisation"


@pytest.mark.parametrize("missing", sorted(OIDC))
def test_half_a_setting_is_an_error_that_names_the_other_half(missing: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"set {missing}, or none"):
        providers({name: value for name, value in OIDC.items() if name != missing})
