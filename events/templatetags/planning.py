from datetime import date

from django import template

from events.forms.planning import ChoiceForm, reason_name

register = template.Library()


@register.filter
def reason_for(choice: ChoiceForm, day: date) -> str:
    """What somebody has written so far about taking this day anyway."""
    return str(choice.data.get(reason_name(day), "")) if choice.is_bound else ""
