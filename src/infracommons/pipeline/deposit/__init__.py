"""Deposits a data package with a repository that runs InvenioRDM, such as Zenodo, by its REST API.

It is a part of the pipeline, beside the harvester, because the pipeline is the one place that uses the network as a
client: the site and the insights never do.
"""

from infracommons.pipeline.deposit.deposit import Deposited, Job, deposit
from infracommons.pipeline.deposit.problems import DepositError
from infracommons.pipeline.deposit.repository import Repository

__all__ = ["DepositError", "Deposited", "Job", "Repository", "deposit"]
