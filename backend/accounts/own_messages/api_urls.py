"""The API's addresses of own choices about messages and of quiet hours."""

from django.urls import path

from backend.accounts.own_messages import api

urlpatterns = [
    path("messages/choice/", api.ChoiceView.as_view(), name="message_choice"),
    path("messages/sms/", api.send_phone_code, name="phone_send"),
    path("messages/sms/confirm/", api.confirm_phone, name="phone_confirm"),
    path("messages/sms/stop/", api.stop_sms, name="sms_stop"),
    path(
        "municipalities/<uuid:municipality_id>/quiet-hours/",
        api.QuietHoursView.as_view(),
        name="quiet_hours",
    ),
]
