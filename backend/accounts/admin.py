"""Accounts, roles and units for operators; what changes an account or a role goes through the services."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts import services
from backend.accounts.access import signed_in
from backend.accounts.models import Assignment, Municipality, Unit, User
from backend.core.admin import FindableAdmin


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that a service writes: what the service refuses stands beside the field, and nothing is lost."""

    who: ClassVar[dict[str, Any]]
    """Who writes, and when."""

    def write(self, **words: Any) -> Model:
        """Let the service write what was filled in, and return the row."""
        raise NotImplementedError

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the stubs know of what is documented alone
        if not self.errors:
            try:
                self.instance = self.write(**self.cleaned_data, **self.who)
            except ValidationError as refusal:
                self.add_error(None, refusal)


class ThroughServices(admin.ModelAdmin):  # type: ignore[type-arg]
    """Writes through services alone, and deletes nothing."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: accounts are closed and roles ended, so that the log keeps its names."""
        return False

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return the form with whoever fills it in."""
        form = super().get_form(request, *args, **kwargs)
        return type(form.__name__, (form,), {"who": self._who(request)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Do nothing more: the form's service has written the row."""

    def _who(self, request: HttpRequest) -> dict[str, Any]:
        return {"by": signed_in(request), "at": timezone.now()}


class UserForm(ServiceForm):
    """What an account says of its owner."""

    class Meta:
        model = User
        fields = ("email", "name", "phone", "language")

    def write(self, **words: Any) -> User:
        """Open the account, or change what it says and its address."""
        if self.instance._state.adding:
            return services.open_account(**words)
        return services.change_account(user_id=self.instance.pk, **words)


class AssignmentForm(ServiceForm):
    """A role that is given."""

    class Meta:
        model = Assignment
        fields = ("user", "role", "municipality", "unit")

    def write(self, **words: Any) -> Assignment:
        """Give the role."""
        return services.give_role(user_id=words.pop("user").pk, **words)


@admin.register(User)
class UserAdmin(ThroughServices, FindableAdmin):
    form = UserForm
    list_display = ("email", "name", "persona", "is_active", "is_superuser")
    list_filter = ("persona", "is_active", "is_superuser")
    readonly_fields = ("persona", "is_active", "is_superuser", "date_joined", "last_login")
    actions = ("close", "reopen", "make_operators", "end_operators", "remove_second_factors")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return what is asked for a new account, and what is shown of one that exists."""
        asked = list(UserForm.Meta.fields)
        return asked if obj is None else [*asked, *self.readonly_fields]

    @admin.action(description=_("Close the accounts"))
    def close(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Close each account that is chosen."""
        self._each(request, users, services.close_account)

    @admin.action(description=_("Open the accounts again"))
    def reopen(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Open each account that is chosen again."""
        self._each(request, users, services.reopen_account)

    @admin.action(description=_("Let them use the administration"))
    def make_operators(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Let each that is chosen use these pages."""
        self._each(request, users, services.set_operator, may=True)

    @admin.action(description=_("Let them use the administration no longer"))
    def end_operators(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Let none that is chosen use these pages."""
        self._each(request, users, services.set_operator, may=False)

    @admin.action(description=_("Take away a lost second factor"))
    def remove_second_factors(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Take the second factor of each that is chosen away."""
        self._each(request, users, services.remove_second_factor)

    def _each(self, request: HttpRequest, users: QuerySet[User], service: Any, **what: Any) -> None:
        for user in users.order_by("pk"):
            try:
                service(user_id=user.pk, **what, **self._who(request))
            except ValidationError as refusal:
                self.message_user(request, f"{user.email}: {' '.join(refusal.messages)}", messages.ERROR)


@admin.register(Assignment)
class AssignmentAdmin(ThroughServices):
    list_display = ("user", "role", "unit", "municipality", "ended_on")
    list_filter = ("role", "municipality", "unit")
    list_select_related = ("user", "unit", "municipality")
    search_fields = ("user__search_key",)
    form = AssignmentForm
    autocomplete_fields = ("user",)
    actions = ("end",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to change a role that was given: it is ended, and another given."""
        return obj is None and super().has_change_permission(request, obj)

    @admin.action(description=_("End the roles today"))
    def end(self, request: HttpRequest, roles: QuerySet[Assignment]) -> None:
        """End each role that is chosen."""
        for role in roles.order_by("pk"):
            services.end_role(assignment_id=role.pk, **self._who(request))


admin.site.register([Municipality, Unit])
