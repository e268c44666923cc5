from django.db import migrations
from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.utils import timezone

UNDECIDED = ["draft", "asked", "sent", "interview"]


def follow_placements(apps, schema_editor):
    """Let proposals say what became of them, which until now only their internships told."""
    Proposal = apps.get_model("matching", "Proposal")
    Internship = apps.get_model("internships", "Internship")
    accepted = Proposal.objects.filter(state="accepted")
    moved = Subquery(Internship.objects.filter(proposal=OuterRef("pk")).values("state_changed_at")[:1])

    def having(*states):
        return accepted.filter(pk__in=Internship.objects.filter(state__in=states).values("proposal"))

    having("planned", "ongoing").update(state="placed", state_changed_at=moved)
    ended = having("completed", "ended_early")
    # What stood on standing capacity gave its place back when it ended.
    ended.filter(opening__capacity=None).update(state="finished", state_changed_at=moved)
    having("completed", "ended_early").update(state="finished", state_changed_at=moved, holds_place=False)
    # A placement that was called off gave its place and its consent back.
    having("cancelled").update(state="withdrawn", state_changed_at=moved, holds_place=False)


def settle_what_nobody_can_go_on_with(apps, schema_editor):
    """Take back what is open for people who are no longer looking for a place."""
    Proposal = apps.get_model("matching", "Proposal")
    Consent = apps.get_model("participants", "Consent")
    Proposal.objects.filter(
        state="accepted", opening__kind="job", participant__state="employed"
    ).update(state="placed")
    looking = Q(participant__state__in=["enrolled", "active"], participant__is_protected=False)
    hopeless = Proposal.objects.filter(state__in=[*UNDECIDED, "accepted"]).exclude(looking)
    keys, now = list(hopeless.values_list("pk", flat=True)), timezone.now()
    Consent.objects.filter(proposal__in=keys, withdrawn_at=None).update(withdrawn_at=now)
    Proposal.objects.filter(pk__in=keys).update(state="withdrawn", state_changed_at=now, holds_place=False)


def count_places(apps, schema_editor):
    """Let an opening have as many places taken as there are proposals that hold one."""
    Opening = apps.get_model("employers", "Opening")
    held = Count("proposals", filter=Q(proposals__holds_place=True))
    for opening in Opening.objects.annotate(held=held).exclude(places_taken=F("held")).filter(held__lte=F("places")):
        is_open_again = opening.state == "filled" and opening.held < opening.places
        Opening.objects.filter(pk=opening.pk).update(
            places_taken=opening.held, state="published" if is_open_again else opening.state
        )


def begin_looking(apps, schema_editor):
    """Let whoever has been proposed be somebody who looks for a place."""
    Participant = apps.get_model("participants", "Participant")
    enrolled = Participant.objects.filter(state="enrolled")
    for person in enrolled.annotate(asked=Min("proposals__asked_at"), sent=Min("proposals__sent_at")):
        days = [at for at in (person.asked, person.sent) if at]
        if days:
            Participant.objects.filter(pk=person.pk).update(state="active", state_changed_at=min(days))


class Migration(migrations.Migration):

    dependencies = [
        ('internships', '0008_placed'),
    ]

    operations = [
        migrations.RunPython(step, migrations.RunPython.noop)
        for step in (follow_placements, settle_what_nobody_can_go_on_with, count_places, begin_looking)
    ]
