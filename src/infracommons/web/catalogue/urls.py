"""The addresses of the catalogue, part by part; files before pages, because a page takes any name."""

from infracommons.web.catalogue.compare.urls import urlpatterns as compare
from infracommons.web.catalogue.contribute.urls import urlpatterns as contribute
from infracommons.web.catalogue.desk.urls import urlpatterns as desk
from infracommons.web.catalogue.discover.urls import urlpatterns as discover
from infracommons.web.catalogue.exchange.urls import urlpatterns as exchange
from infracommons.web.catalogue.profile.urls import urlpatterns as profile
from infracommons.web.catalogue.upkeep.urls import urlpatterns as upkeep

urlpatterns = [*exchange, *compare, *discover, *desk, *upkeep, *contribute, *profile]
