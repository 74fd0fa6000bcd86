"""A person's own account, and the administrators' list of people."""

from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from infracommons.web.accounts import actions, people, terms
from infracommons.web.accounts.belongings import belongings
from infracommons.web.accounts.export import export
from infracommons.web.accounts.forms import Details, NewRole
from infracommons.web.accounts.models import Role, RoleChange, User
from infracommons.web.accounts.permissions import requires
from infracommons.web.accounts.sign_in_ways import sign_in_ways
from infracommons.web.accounts.signed_in import person_of

_INDENT = {"indent": 2, "ensure_ascii": False}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show who one is, and store a changed name and consent."""
    person = person_of(request)
    form = Details(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your name is stored.")
        return redirect("account")
    shown = {"person": person, "ways": sign_in_ways(person), "form": form, "changes": RoleChange.of(person)}
    return render(request, "accounts/account.html", shown, status=400 if form.errors else 200)


@never_cache
@login_required
@require_safe
def export_data(request: HttpRequest) -> HttpResponse:
    """Send everything that is kept of the person as a JSON file."""
    answer = JsonResponse(export(person_of(request)), json_dumps_params=_INDENT)
    answer.headers["Content-Disposition"] = 'attachment; filename="infracommons-account.json"'
    return answer


@never_cache
@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth declares no types
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Say in numbers what closing the account does, and do it."""
    person, problem = person_of(request), ""
    if request.method == "POST":
        try:
            actions.close_account(person)
        except actions.LastAdministratorError as error:
            problem = str(error)
        else:
            logout(request)
            return redirect("account_closed")
    held = [belonging for belonging in belongings(person) if belonging.count]
    return render(request, "accounts/close.html", {"held": held, "problem": problem}, status=409 if problem else 200)


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say that the account is closed."""
    return render(request, "accounts/closed.html")


@require_safe
def show_terms(request: HttpRequest) -> HttpResponse:
    """Show what people agree to when they sign up."""
    return render(request, "accounts/terms.html", {"version": terms.VERSION})


@never_cache
@requires("see_people")
@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    """Show the people with an account that the address asks for."""
    try:
        search = people.read_search(request.GET.dict())
        page = people.found(search)
    except people.UnreadableError as error:
        kept = reverse("people")
        return render(request, "shared/400.html", {"problems": [error], "kept": kept}, status=400)
    shown = {"search": search, "page": page, "pages": _pages(search, page.paginator.num_pages), "roles": Role.choices}
    return render(request, "accounts/people.html", shown)


@never_cache
@requires("see_people")
@require_safe
def show_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person to an administrator: role, the log of its changes, what they hold."""
    return _person_page(request, get_object_or_404(User, pk=pk))


@never_cache
@requires("change_roles")
@require_POST
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person another role."""
    person = get_object_or_404(User, pk=pk, closed_at=None)
    form = NewRole(request.POST)
    if not form.is_valid():
        allowed = f"Choose one of {', '.join(Role.values)}; nothing was changed."
        return _person_page(request, person, problem=allowed)
    try:
        change = actions.change_role(by=person_of(request), person=person, role=Role(form.cleaned_data["role"]))
    except actions.LastAdministratorError as error:
        return _person_page(request, person, problem=str(error), status=409)
    said = f"now {person.get_role_display().lower()}" if change else f"{person.get_role_display().lower()} already"
    messages.success(request, f"{person.name or person.email} is {said}.")
    return redirect("person", pk=pk)


def _person_page(request: HttpRequest, person: User, *, problem: str = "", status: int = 400) -> HttpResponse:
    shown = {
        "person": person,
        "changes": RoleChange.of(person),
        "held": [belonging for belonging in belongings(person) if belonging.count],
        "roles": Role.choices,
        "problem": problem,
    }
    return render(request, "accounts/person.html", shown, status=status if problem else 200)


def _pages(search: people.Search, last: int) -> dict[str, object]:
    """Return what `shared/pages.html` shows."""

    def to(page: int) -> str:
        return f"?{urlencode(search.address(page))}" if 1 <= page <= last else ""

    return {"number": search.page, "last": last, "before": to(search.page - 1), "after": to(search.page + 1)}
