"""What we call the fields of the sign-in library's forms."""

LABELS = {
    "Email": "E-mail address",
    "Remember Me": "Stay signed in on this device for two weeks",
    "Current Password": "Present password",
    "New Password": "New password",
    "New Password (again)": "New password, once more",
    "Password (again)": "Password, once more",
    "Authenticator code": "Code that the app shows",
}
CHECKED_HELP = "At least 12 characters. No common password, not only digits, nothing close to your name or address."
