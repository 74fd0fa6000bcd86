"""What people are asked about themselves: at signing up, and later on their account's page."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from infracommons.web.accounts import names, terms
from infracommons.web.accounts.models import Role, User

if TYPE_CHECKING:
    PersonForm = forms.ModelForm[User]
else:
    PersonForm = forms.ModelForm  # Django's own class takes no type parameter


def _agreement() -> SafeString:
    return format_html('I agree to the <a href="{}">terms of contributing</a>', reverse_lazy("account_terms"))


class PersonName(forms.CharField):
    """A name of at most 120 characters, cleaned of what is not seen."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's
        widget = forms.TextInput(attrs={"autocomplete": "name"})
        super().__init__(max_length=names.MAX_LENGTH, widget=widget, **options)

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's
        """Return the cleaned name; one that is too long stays so, for the form to say."""
        text = super().to_python(value) or ""
        return text if len(text) > names.MAX_LENGTH else names.clean_name(text)


class Details(PersonForm):
    """The name of a person, and whether it is shown."""

    name = PersonName(required=False, label="Your name", help_text="Leave it empty to stay unnamed.")
    shows_name = forms.BooleanField(
        required=False,
        label="Show my name beside what I claim",
        help_text="Without it, your role stands there. You can change this at any time.",
    )

    class Meta:
        """The two columns."""

        model = User
        fields = ("name", "shows_name")


class SignUpDetails(forms.Form):
    """What is asked at signing up besides address and password; allauth makes it part of its own forms."""

    field_order = ("email", "password1", "name", "shows_name", "agrees")

    name = PersonName(required=False, label="Your name (optional)")
    shows_name = forms.BooleanField(
        required=False,
        label="Show my name beside what I claim",
        help_text="Without it, your role stands there. You can change this at any time.",
    )
    agrees = forms.BooleanField(
        label=lazy(_agreement, SafeString)(),
        error_messages={"required": "Agree to the terms of contributing to have an account."},
    )

    def signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002 - allauth's signature
        """Store on the new person what they said, and to which version of the terms they agreed when."""
        user.name, user.shows_name = self.cleaned_data["name"], self.cleaned_data["shows_name"]
        user.agreed_at, user.agreed_version = timezone.now(), terms.VERSION
        user.save(update_fields=["name", "shows_name", "agreed_at", "agreed_version"])


class NewRole(forms.Form):
    """The role that an administrator gives."""

    role = forms.ChoiceField(choices=Role.choices)
