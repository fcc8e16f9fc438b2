"""The errors for what is not there."""

from uuid import UUID

from pesut.errors import NotFoundError


def missing_decision(decision_id: UUID) -> NotFoundError:
    return NotFoundError(f"There is no decision {decision_id}.", remedy="List the decisions first.")


def missing_disposition(disposition_id: UUID) -> NotFoundError:
    return NotFoundError(f"There is no disposition {disposition_id}.", remedy="List the dispositions first.")
