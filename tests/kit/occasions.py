"""What finders look for again although it is noted as seen to: a kind whose query and finder mean different occasions."""

from datetime import datetime

from service.outreach.kinds import KINDS
from service.platform.database import Database


async def found_again(db: Database, now: datetime) -> list[str]:
    """Ask every kind's finder what is due, and name what of it was noted in `outreach` before: `vaccine: 7d 2026-11-27`.

    Nothing of it is ever written twice, but its query would find it every minute for as long as it is due.
    """
    noted = {
        (row["kind"], row["subject_id"], row["occasion"])
        for row in (await db.system(("select kind, subject_id, occasion from outreach", {})))[0]
    }
    return [
        f"{kind}: {occasion.name}"
        for kind, facts in KINDS.items()
        if facts.find
        for message in await facts.find(db, now)
        for occasion in message.occasions
        if (kind, occasion.subject_id, occasion.name) in noted
    ]
