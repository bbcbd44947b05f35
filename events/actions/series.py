from accounts.models import User
from events.models import MeetingSeries


def link_members(series: MeetingSeries) -> None:
    """Members whose address belongs to an account can sign in instead of using their links."""
    members = list(series.members.all())
    addresses = [member.email.lower() for member in members]
    confirmed = User.objects.filter(email__in=addresses, is_active=True, emailaddress__verified=True).distinct()
    people = {person.email: person for person in confirmed}
    for member in members:
        person = people.get(member.email.lower())
        if member.person != person:
            member.person = person
            member.save(update_fields=["person"])
