"""What forms ask about agreement and sharing (records.md section 3)."""

from __future__ import annotations

from typing import Final

from ui.form_texts.form_text import FormText

AGREEMENT: Final[dict[str, FormText]] = {
    "privacy_notice": FormText(
        title="Privacy notice shared",
        save="Save the notice",
        day="the day on which the notice was shared",
        about="person_id",
        about_anybody=True,
        fields={"method": ("How was it shared?", "")},
    ),
    "agreement": FormText(
        title="Agreement",
        save="Save the agreement",
        day="the day on which you asked",
        intro="Ask this parent alone, and say that no is a fine answer.",
        when="When did you ask?",
        about="person_id",
        fields={
            "service": ("To which service?", ""),
            "agreed": ("Does this parent agree to the referral?", ""),
            "wishes_to_access": ("Does this parent wish to use the service?", ""),
            "given_alone": ("Was this parent alone when answering?", ""),
            "method": ("How was the answer given?", ""),
        },
    ),
    "child_agreement": FormText(
        title="The child's agreement",
        save="Save the child's answer",
        day="the day on which you asked",
        about="child_id",
        about_title="Which child?",
        fields={
            "service": ("To which service?", ""),
            "informed": ("Was the child told what it is?", ""),
            "agrees": ("Does the child agree?", ""),
        },
    ),
    "sharing_basis": FormText(
        title="Basis for sharing",
        save="Save the basis",
        day="the day on which you settled this",
        intro="Your organisation's own process decides. Agreement to a service is not the same as consent.",
        about="person_id",
        about_anybody=True,
        about_title="Whose data is it?",
        fields={
            "article_6": ("Lawful basis (Article 6)", ""),
            "article_9": ("Condition (Article 9, optional)", ""),
            "policy_followed": ("Was your organisation's policy followed?", ""),
            "recipients": ("Who will receive the data?", "The SPR team and every provider of the service"),
        },
    ),
}
