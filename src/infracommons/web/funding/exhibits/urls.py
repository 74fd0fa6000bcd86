"""The addresses of the charts."""

from django.urls import path

from infracommons.web.funding.exhibits import embed, files, views

urlpatterns = [
    path("", views.charts, name="charts"),
    path("<slug:name>/", views.chart, name="chart"),
    path("<slug:name>/sentence/", views.sentence, name="chart_sentence"),
    path("<slug:name>/embed/", embed.chart_embed, name="chart_embed"),
    path("<slug:name>.<path:form>", files.chart_file, name="chart_file"),
]
