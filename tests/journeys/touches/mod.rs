//! A liaison's autumn: contacts are put down and changed, partners are due and quiet, and come closer.

mod due;
mod log;

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, PersonId};
use baton_core::network::{
    self, NewAffiliation, NewPartner, NewPerson, PartnerClass, PartnerType, Party, add_partner, affiliate,
};
use baton_core::outreach::{
    DueQuery, DueShow, NewTouch, OutreachError, StartedBy, TouchForm, TouchList, TouchQuery, due_list,
    touches_of,
};
use baton_core::testing::{TestPractice, day};

pub(super) const TODAY: &str = "2026-11-20";

pub(super) fn clinic(practice: &TestPractice, name: &str) -> PartnerId {
    let new = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, name);
    add_partner(practice, new).expect("a partner").value
}

pub(super) fn somebody(practice: &TestPractice, at: PartnerId, name: &str) -> PersonId {
    let person = NewPerson { name: name.into(), ..NewPerson::default() };
    let id = network::add_person(practice, person).expect("a person").value;
    affiliate(practice, id, &NewAffiliation::at(at)).expect("works there");
    id
}

pub(super) fn touch(partner: PartnerId, on: &str, form: TouchForm) -> NewTouch {
    NewTouch {
        partner,
        people: Vec::new(),
        referral: None,
        on: day(on),
        at: None,
        form,
        started_by: StartedBy::Us,
        two_way: true,
        bulk: false,
        category: None,
        purpose: String::new(),
        learned: String::new(),
        minutes: 10,
        cost_cents: 0,
        cost_kind: None,
        kept_private: false,
        next: None,
    }
}

pub(super) fn of(practice: &Practice, of: Party, trashed: bool) -> TouchList {
    touches_of(practice, &TouchQuery { of, trashed, after: None, limit: 0 }).expect("a list")
}

pub(super) fn due(practice: &TestPractice, mine: bool, show: DueShow) -> baton_core::outreach::DueList {
    due_list(practice, &DueQuery { mine, show, offset: 0, limit: 0 }).expect("a list")
}

pub(super) fn invalid<T: std::fmt::Debug>(answer: Result<T, OutreachError>) -> &'static str {
    match answer {
        Err(OutreachError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    }
}
