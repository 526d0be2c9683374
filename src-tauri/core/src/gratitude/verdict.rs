//! Allowed, needs approval, or blocked, because …: the pre-flight of everything of value.
//!
//! Not legal advice, and every screen that shows a verdict says so. The checks are those of requirements.md, section 13;
//! each finding names its check, and [`Check::source`] the rule behind it.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::kinds::{EmployerPolicy, Exclusion, Known, Occasion, RecipientKind, RewardKind, kept_as};
use super::limits::{YearLimits, of_year};
use super::meter::{Entry, Meter, meter};

/// What may be done. Ordered from mild to strict; the strictest of all findings wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It may be recorded.
    Allowed,
    /// The compliance officer approves it first.
    NeedsApproval,
    /// It may not be given.
    Blocked,
}

kept_as!(Verdict { Allowed = "allowed", NeedsApproval = "needs_approval", Blocked = "blocked", });

/// A rule that had something to say. The page holds the sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// CK1: the calendar year has no limits.
    LimitNotSet,
    /// A physician's gifts can't be tracked without the NPI.
    NpiMissing,
    /// CK2: over the physician's limit of the year.
    PhysicianLimit,
    /// CK3: cash or as good as cash.
    CashEquivalent,
    /// CK4: it was asked for, or nobody knows.
    Solicited,
    /// CK5: given for a referral or for a number of them.
    PerReferral,
    /// CK8: outside the meter as the yearly event of a formal medical staff.
    MedicalStaffEvent,
    /// CK10: value to somebody who refers patients of federal programmes.
    FederalReferrer,
    /// CK10: and the written purpose is missing.
    PurposeMissing,
    /// CK11: a co-promotion or fee without agreement, fair value and counsel's note.
    AgreementMissing,
    /// S4.31: unequal shares of what is done together, without a note why they are fair.
    FairValueMissing,
    /// CK12: over the value of one gift to a patient.
    PatientItem,
    /// CK12: over a patient's limit of the year.
    PatientYear,
    /// CK13: a patient of a federal programme rewarded for sending others.
    FederalFriend,
    /// CK13, CK14: no programme of this practice is running.
    ProgrammeMissing,
    /// CK15: a discount to a federal patient or a referring physician.
    FederalDiscount,
    /// CK15: any other discount.
    Discount,
    /// CK26: on the list of excluded individuals and entities.
    Excluded,
    /// CK26: the same name is on it.
    ExcludedName,
    /// CK26: no list was looked at.
    ExclusionNotChecked,
    /// The employer lets its people accept nothing.
    EmployerForbids,
    /// Over what the employer allows in a year.
    EmployerLimit,
    /// The employer wants to be told first.
    EmployerAsks,
}

impl Check {
    /// The rule behind it and where it was read.
    pub const fn source(self) -> &'static str {
        match self {
            Self::LimitNotSet => "CK1: CMS, CPI-U Updates",
            Self::NpiMissing | Self::PhysicianLimit => "CK2: 42 CFR 411.357(k)",
            Self::CashEquivalent => "CK3: 42 CFR 411.357(k)",
            Self::Solicited => "CK4: 42 CFR 411.357(k)",
            Self::PerReferral => "CK5: 42 CFR 411.357(k); 42 USC 1320a-7b(b)",
            Self::MedicalStaffEvent => "CK8: 42 CFR 411.357(k)(4)",
            Self::FederalReferrer | Self::PurposeMissing => "CK10: 42 USC 1320a-7b(b); 65 FR 59441",
            Self::AgreementMissing | Self::FairValueMissing => "CK11: 42 CFR 1001.952(f)",
            Self::PatientItem | Self::PatientYear => {
                "CK12: SSA 1128A(a)(5); OIG nominal value of 7 December 2016"
            }
            Self::FederalFriend | Self::ProgrammeMissing => "CK13, CK14: 42 USC 1320a-7b(b); state law",
            Self::FederalDiscount | Self::Discount => "CK15: 42 USC 1320a-7b(b); SSA 1128A(a)(5)",
            Self::Excluded | Self::ExcludedName | Self::ExclusionNotChecked => "CK26: OIG LEIE",
            Self::EmployerForbids | Self::EmployerLimit | Self::EmployerAsks => {
                "The employer's own gift policy"
            }
        }
    }
}

/// One thing a rule found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Which rule.
    pub check: Check,
    /// How strict it is here.
    pub verdict: Verdict,
}

/// One person's part of what is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Who receives it.
    pub recipient: RecipientKind,
    /// Whether the physician it counts to has an NPI on file.
    pub npi_on_file: bool,
    /// What it is.
    pub kind: RewardKind,
    /// Its retail value in cents; zero for recognition.
    pub cents: i64,
    /// The practice's day of it.
    pub on: NaiveDate,
    /// Why it is given.
    pub occasion: Occasion,
    /// Whether it is cash or as good as cash.
    pub cash: Known,
    /// Whether the physician, the practice or its staff asked for it.
    pub solicited: Known,
    /// Whether the patient is covered by a federal programme; of others, whether they refer such patients.
    pub federal: Known,
    /// Whether a purpose is written down.
    pub purpose: bool,
    /// For co-promotions: whether agreement, fair value and counsel's note are all on file.
    pub agreement: bool,
    /// Of what is done together: one bears more than the other, and nothing says why that is fair.
    pub unequal: bool,
    /// For refer-a-friend: whether a reviewed programme of this practice is running.
    pub programme: bool,
    /// What the employer allows.
    pub employer: EmployerPolicy,
    /// What the list of the excluded says.
    pub excluded: Exclusion,
}

/// What holds for the whole practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PracticeRules {
    /// CK9: whether the practice furnishes designated health services, so that the physicians' meter binds it. On unless
    /// a reason was given.
    pub designated_health_services: bool,
    /// CK8: whether there is a formal medical staff.
    pub formal_medical_staff: bool,
}

impl Default for PracticeRules {
    fn default() -> Self {
        Self { designated_health_services: true, formal_medical_staff: false }
    }
}

/// The answer, what led to it, and the meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// The strictest finding, or allowed.
    pub verdict: Verdict,
    /// Every finding, the strictest first.
    pub findings: Vec<Finding>,
    /// The meter it counts on; none for those who have no yearly limit.
    pub meter: Option<Meter>,
}

/// Judges one person's part by the ledger of whoever it counts to.
///
/// `ledger` holds the entries of the physician or patient whose meter it is; their order does not matter. Recognition is
/// without value and needs no approval, except as pay for a referral.
pub fn verdict(planned: &Planned, ledger: &[Entry], limits: &[YearLimits], rules: PracticeRules) -> Judged {
    let mut found = Findings::default();
    if planned.occasion == Occasion::PerReferral {
        found.add(Check::PerReferral, Verdict::Blocked);
    }
    let mut metered = None;
    if planned.kind != RewardKind::Recognition {
        form(planned, &mut found);
        federal(planned, &mut found);
        excluded(planned, &mut found);
        metered = yearly(planned, ledger, limits, rules, &mut found);
        employer(planned, ledger, &mut found);
    }
    let mut findings = found.0;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.verdict));
    let verdict = findings.first().map_or(Verdict::Allowed, |finding| finding.verdict);
    Judged { verdict, findings, meter: metered }
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, check: Check, verdict: Verdict) {
        self.0.push(Finding { check, verdict });
    }

    fn when(&mut self, so: bool, check: Check, verdict: Verdict) {
        if so {
            self.add(check, verdict);
        }
    }
}

/// CK3, CK4, CK11: what it is and how it came about.
fn form(planned: &Planned, found: &mut Findings) {
    let personal = planned.recipient.counts_to_a_physician() || planned.recipient == RecipientKind::Patient;
    if planned.cash.unless_denied() {
        found.add(Check::CashEquivalent, if personal { Verdict::Blocked } else { Verdict::NeedsApproval });
    }
    if planned.solicited.unless_denied() {
        let physician = planned.recipient.counts_to_a_physician();
        found.add(Check::Solicited, if physician { Verdict::Blocked } else { Verdict::NeedsApproval });
    }
    found.when(
        planned.occasion == Occasion::CoPromotion && !planned.agreement,
        Check::AgreementMissing,
        Verdict::Blocked,
    );
    found.when(planned.unequal, Check::FairValueMissing, Verdict::NeedsApproval);
}

/// CK10, CK13–CK15: what the payer of the patients changes.
fn federal(planned: &Planned, found: &mut Findings) {
    let federal = planned.federal.unless_denied();
    let patient = planned.recipient == RecipientKind::Patient;
    if planned.kind == RewardKind::Discount {
        let blocked = planned.recipient.counts_to_a_physician() || (patient && federal);
        if blocked {
            found.add(Check::FederalDiscount, Verdict::Blocked);
        } else {
            found.add(Check::Discount, Verdict::NeedsApproval);
        }
    }
    if !patient && federal {
        found.add(Check::FederalReferrer, Verdict::NeedsApproval);
        found.when(!planned.purpose, Check::PurposeMissing, Verdict::NeedsApproval);
    }
    if planned.occasion == Occasion::ReferAFriend {
        found.when(federal, Check::FederalFriend, Verdict::Blocked);
        found.when(!planned.programme, Check::ProgrammeMissing, Verdict::Blocked);
    }
}

/// CK26.
fn excluded(planned: &Planned, found: &mut Findings) {
    match planned.excluded {
        Exclusion::Listed => found.add(Check::Excluded, Verdict::Blocked),
        Exclusion::SameName => found.add(Check::ExcludedName, Verdict::NeedsApproval),
        Exclusion::NotChecked => found.when(
            planned.recipient != RecipientKind::Patient,
            Check::ExclusionNotChecked,
            Verdict::NeedsApproval,
        ),
        Exclusion::Clear => {}
    }
}

/// CK1, CK2, CK8, CK9, CK12: the limits of the calendar year.
fn yearly(
    planned: &Planned,
    ledger: &[Entry],
    limits: &[YearLimits],
    rules: PracticeRules,
    found: &mut Findings,
) -> Option<Meter> {
    let physician = planned.recipient.counts_to_a_physician();
    let patient = planned.recipient == RecipientKind::Patient;
    if !physician && !patient {
        return None;
    }
    let limit = of_year(limits, planned.on.year());
    let outside = physician && planned.occasion == Occasion::MedicalStaffEvent && rules.formal_medical_staff;
    let cents = limit.map(|limit| if patient { limit.patient_year_cents } else { limit.physician_cents });
    let this = if outside { 0 } else { planned.cents };
    let verified = limit.is_some_and(|limit| limit.verified_on.is_some());
    let metered = meter(ledger, planned.on, this, cents.map(|cents| (cents, verified)));
    found.when(limit.is_none(), Check::LimitNotSet, Verdict::Blocked);
    let over = metered.excess_cents().is_some();
    if physician {
        found.when(!planned.npi_on_file, Check::NpiMissing, Verdict::Blocked);
        let strict = if rules.designated_health_services { Verdict::Blocked } else { Verdict::NeedsApproval };
        found.when(over && !outside, Check::PhysicianLimit, strict);
        found.when(outside, Check::MedicalStaffEvent, Verdict::NeedsApproval);
    } else {
        let strict = if planned.federal.unless_denied() { Verdict::Blocked } else { Verdict::NeedsApproval };
        let item = limit.is_some_and(|limit| planned.cents > limit.patient_item_cents);
        found.when(item, Check::PatientItem, strict);
        found.when(over, Check::PatientYear, strict);
    }
    Some(metered)
}

/// The employer's policy, where it is stricter than the law.
fn employer(planned: &Planned, ledger: &[Entry], found: &mut Findings) {
    match planned.employer {
        EmployerPolicy::NotOnFile => {}
        EmployerPolicy::Nothing => found.add(Check::EmployerForbids, Verdict::Blocked),
        EmployerPolicy::UpTo(cents) => {
            let of_the_year = meter(ledger, planned.on, planned.cents, Some((cents, true)));
            found.when(of_the_year.excess_cents().is_some(), Check::EmployerLimit, Verdict::Blocked);
        }
        EmployerPolicy::Ask => found.add(Check::EmployerAsks, Verdict::NeedsApproval),
    }
}

#[cfg(test)]
mod tests;
