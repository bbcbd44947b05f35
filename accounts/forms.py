from django import forms


class SignupForm(forms.Form):
    """What sign-up asks beyond e-mail and password."""
