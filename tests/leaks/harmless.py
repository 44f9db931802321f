"""Sentences that say nothing of the other parent, as people type them into what is printed: none may refuse a document.

There are numbers, dates, postcodes and addresses of offices, names of days and months, words that are somebody's
name somewhere, other languages, and all that is searched for in disguise: *at* and *dot*, figures in words, entities.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_AS_TYPED: Final = """
A quiet room, please.
A ground-floor room with step-free access.
Hearing loop; please face me when you speak.
Uses a wheelchair and needs the lift.
Large print, 18 point, on yellow paper.
Please speak slowly and allow time for an answer.
Needs a break every 20 minutes.
Prefers mornings, not before 9.30 and not after 12.
Not on Tuesdays or Thursdays between 3pm and 5.15pm.
Works nights: ring after 14:00.
Best on Mondays, Wednesdays and Fridays.
Free from May onwards, and most of June.
May need a second appointment; will say so at the time.
Will bring a friend to wait outside.
Would like to sit near the door.
Please send letters by second-class post to the office.
Has dyslexia, so a phone call is better than a letter.
Please read the form aloud first.
The interpreter should be a woman.
Welsh speaker, reads English well.
BSL interpreter booked for one hour and a half.
Video calls work, if the camera can be off.
Bus 14 or 27 stops near by; parking costs £2.40 an hour.
Parking space 8 at the back of the building.
Room 12B on the second floor, through the double doors.
Meet at the front desk, ground floor, at ten to three.
Office: Unit 4, Example Business Park, ZX9 9ZX.
Our office is at 1 High Street, ZZ2 2ZZ.
Write to PO Box 181, ZZ3 4AB.
Civic Offices, London Road, ZW1 2AA.
Main switchboard 01632 960100, extension 4012.
Ring the duty desk on 01632 960 999 or 0800 123 4567.
In an emergency ring 999; otherwise 101 or 111.
The helpline is 0808 2000 247, free at any hour.
Text the team on 07700 900999 in office hours.
International calls: +44 1632 960123.
Fax 01632 960124 is no longer used.
Reference 2026/04/881, file 17-B.
Case file 900-281, box 3 of 7.
Policy 4.17 applies, version 1.9.88 of the form.
Section 17 of the Children Act 1989.
Article 9(2)(h), with Schedule 1, paragraph 18.
Explicit consent, Article 9(2)(a) UK GDPR.
Substantial public interest: safeguarding of children.
Social protection law, DPA 2018 Schedule 1 paragraph 1.
Review on 1 December 2026 at 10 o'clock.
Next review 15/12/2026, then 12/01/2027.
Moved to these hours on 1 September 2025.
School holidays: 21 December 2026 to 4 January 2027.
Since 2019; before that from 2012 to 2016.
Away from the 2nd to the 9th of January 2027.
Half-term is 15 to 19 February 2027.
Easter Sunday is 28 March 2027.
On 5/1/27 a hospital appointment, so not that week.
The course ran on 6 October 2026 and 13 October 2026.
First Monday of each month, starting 2027-02-01.
Twelve weeks from 11 January 2027.
Back at work in April; the second half of the month is best.
April, May and June are hard; August is better.
At the end of March the lift is out of order.
The third week of November suits.
One to one only, never in a group of two or three.
Two or three short meetings are better than one long one.
Double appointments are too long; half an hour is enough.
One, two, three steps up to the door, then a ramp.
Five or six people at most in one room.
Seven days' notice is needed, or at least four.
Dot-to-dot sheets help the little one to wait.
At work until four, at home from half past.
Please email rather than ring, at any time.
Email goes to the shared box office@example.org at the agency.
Ask for the desk at example dot org if lost.
A&E visits mean that dates may change at short notice.
Fish & chips on Fridays, so not then.
50% hours since spring; 100 % from January.
Costs are 20% of the fare.
R&B concert that evening; will be late.
Less than <1 hour, more than >30 minutes.
Uses an iPhone; i-messages do not arrive.
Has an O2 contract with little signal on the hill.
H2O only, no tea or coffee, please.
Blood group O1 is not relevant here.
Lone parent group meets in hall L10.
Ill with flu in the first week; all right since.
Sit on the left: hearing is better in the right ear.
Allergic to nuts and to dogs.
Needs reading glasses; forgets them at times.
Left-handed; a clip-board helps.
Anxious in lifts, fine on stairs.
Young children may come along; there is a play corner.
Grace period of ten minutes is agreed.
Hope to start soon; joy at the news.
Rose garden entrance, then the green door.
Mark the envelope private and confidential.
Pat on the shoulder is not welcome; no touch, please.
Rich tea biscuits are fine; no other food.
Bill is paid by the agency.
Sue Ryder shop is opposite.
The Heath is five minutes away by car.
By the river, past the mill and the old bakery.
Rise early, so 8.15 is no problem.
A court date is not known yet.
The road is closed for works; come through the lane.
Street parking only; the close is private.
Marsh and moor: the car may be late in winter.
Upper floor only, lower floor is shut.
An old granary is now the meeting hall.
Bitter cold in the hall, so bring a coat.
Quills, pens and paper are on the table.
Larks sing there in spring.
Thistles in the garden, so wear shoes.
Fair weather only for the walk.
A heart condition: no stairs.
Zumba on Wednesdays at six.
Likes to be called by the first name.
Short form of the first name is fine.
Same name as on the passport.
Polish, some English; written Polish is best.
Lubi spokój i ciszę.
Прошу говорить медленно.
Нужен переводчик на русский язык.
Потрібен перекладач.
Μιλάει ελληνικά και λίγα αγγλικά.
يفضل الحديث في الصباح.
אפשר לדבר אחרי ארבע.
请说慢一点。
ゆっくり話してください。
천천히 말해 주세요.
कृपया धीरे बोलें।
ਕਿਰਪਾ ਕਰਕੇ ਹੌਲੀ ਬੋਲੋ।
Vă rog să vorbiți rar.
Por favor, hable despacio.
Prosím mluvte pomalu.
Parle français; comprend l'anglais.
Spricht Deutsch, möchte aber Englisch reden.
Hablo español: gracias.
Somali (Maay) and a little Arabic.
Tigrinya ትግርኛ, and Amharic.
Cantonese 廣東話, reads traditional characters.
support worker
senior support worker, team 4
family worker (locum until 31 March 2027)
mental health practitioner, band 6
health visitor, 0-19 team
deputy head, pastoral care
lead professional and key worker
youth worker, two days a week
volunteer since 2021
early help practitioner, Level 3
counsellor in training, year 2 of 4
not when the children come home from school, about 3.20
not between 12 and 1
not at weekends, and not in the first week of a month
not on 25 or 26 December
before 8am or after 8pm
weekdays 10 to 12, or 7 to 8 in the evening
any time but Friday
"""

_OFFICES: Final = (
    "Example House", "the family centre", "the library", "Civic Hall", "the health centre", "the children's centre",
    "the community hall", "Unit 7", "the drop-in", "the law centre",
)  # fmt: skip
_HOURS: Final = ("at 9", "at half past ten", "from 1 to 2", "after 16:30", "between 10.15 and 11.45")
_DATES: Final = (
    "7 December 2026", "14/12/2026", "2027-01-18", "the 21st of January 2027", "Tuesday, 2 February 2027",
    "3.2.27", "twelfth of February", "22 Feb 2027", "March 8th, 2027", "the 15th",
)  # fmt: skip
_NUMBERS: Final = (
    "01632 960100", "01632 960 222", "0800 011 3131", "+44 1632 960333", "(01632) 960444", "0300 123 9999",
    "07700 900800", "extension 2404", "option 3, then 1", "116 123",
)  # fmt: skip
_POSTCODES: Final = ("ZX1 1ZX", "ZX12 9AB", "ZW4 4WZ", "ZZ2 1ZZ", "ZY11 0ZY")


def sentences() -> Iterator[str]:
    """All of them, each once."""
    yield from (line for line in _AS_TYPED.splitlines() if line)
    for at, office in enumerate(_OFFICES):
        for turn, hour in enumerate(_HOURS):
            on, number = _DATES[(at + turn) % len(_DATES)], _NUMBERS[(at + 2 * turn) % len(_NUMBERS)]
            yield f"Next time at {office}, {on}, {hour}."
            yield f"Ring {office} on {number} {hour}."
            yield f"{office}, {at + 10 * turn + 1} Station Approach, {_POSTCODES[turn]}, open {hour}"
