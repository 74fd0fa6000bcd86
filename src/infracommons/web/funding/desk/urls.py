"""The addresses of the review desk."""

from django.urls import URLPattern, path

from infracommons.web.funding.desk import agreement_views, build_views, item_views, log_views, queue_views

_ITEM = "item/<str:kind>/<str:subject_id>/<str:other_id>/"

urlpatterns: list[URLPattern] = [
    path("", queue_views.queue, name="review_queue"),
    path("next/", queue_views.next_item, name="review_next"),
    path("settings/", queue_views.setting, name="review_setting"),
    path("undo/", item_views.undo, name="review_undo"),
    path(_ITEM, item_views.item, name="review_item"),
    path(f"{_ITEM}answer/", item_views.answer, name="review_answer"),
    path(f"{_ITEM}skip/", item_views.skip, name="review_skip"),
    path(f"{_ITEM}second/", item_views.second, name="review_second"),
    path(f"{_ITEM}settle/", item_views.settle, name="review_settle"),
    path(f"{_ITEM}withdraw/", item_views.withdraw, name="review_withdraw"),
    path("agreement/", agreement_views.agreement, name="review_agreement"),
    path("log/", log_views.log, name="review_log"),
    path("log.<str:form>", log_views.log_file, name="review_log_file"),
    path("release/", build_views.build_page, name="review_release"),
    path("release/build/", build_views.build, name="review_build"),
    path("release/<int:build_id>/cancel/", build_views.cancel, name="review_cancel"),
]
