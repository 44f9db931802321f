"""Agreement and sharing: what each person was told, agreed to, and on what basis data go on (records.md section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from spr_desktop.records.record import LatestBody
from spr_desktop.records.values import PersonId, Service, YesNo


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyNotice(LatestBody):
    kind: ClassVar[str] = "privacy_notice"
    person_id: PersonId
    notice: str
    version: str
    method: Literal["paper_given", "emailed", "read_aloud", "translated", "easy_read", "link_sent"]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.person_id, self.notice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(LatestBody):
    """One adult's agreement to one service; not the same as consent as a lawful basis."""

    kind: ClassVar[str] = "agreement"
    person_id: PersonId
    service: Service
    agreed: Literal["yes", "no", "undecided", "withdrawn"]
    wishes_to_access: YesNo
    given_alone: YesNo
    method: Literal["face_to_face", "signed_paper", "signed_on_screen", "email", "phone", "video", "interpreted"]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.person_id, self.service)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildAgreement(LatestBody):
    kind: ClassVar[str] = "child_agreement"
    child_id: PersonId
    service: Service
    informed: YesNo
    agrees: Literal["yes", "no", "unsure"]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.child_id, self.service)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingBasis(LatestBody):
    kind: ClassVar[str] = "sharing_basis"
    person_id: PersonId
    article_6: Literal["consent", "legal_obligation", "vital_interests", "public_task", "legitimate_interests"]
    article_9: str | None = None
    policy_followed: YesNo
    recipients: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        return (self.person_id,)
