"""The pages: ask, follow the answer, read it, open a number's evidence, run it again. All can be read without JavaScript."""

from fastapi import APIRouter

import api.web.answers
import api.web.asking
import api.web.atlas
import api.web.briefing
import api.web.console.endpoints
import api.web.decision_edits
import api.web.decisions
import api.web.dispositions
import api.web.evidence
import api.web.language
import api.web.layers
import api.web.live
import api.web.themes

router = APIRouter(include_in_schema=False)
for part in (
    api.web.asking,
    api.web.atlas,
    api.web.answers,
    api.web.briefing,
    api.web.console.endpoints,
    api.web.decision_edits,  # before what takes any deed
    api.web.decisions,
    api.web.dispositions,
    api.web.evidence,
    api.web.language,
    api.web.layers,
    api.web.live,
    api.web.themes,
):
    router.include_router(part.router)
