//! One row of an import, typed but not yet resolved: who is meant by a name is decided by matching.

use crate::foundation::npi::Npi;
use crate::referrals::process::{event, stage};
use crate::referrals::{ReferralType, Travel, Urgency};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Why a row stays out. Codes on the wire are snake_case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// Every cell equals an earlier data row.
    DuplicateRow,
    /// The date of the referral is empty.
    MissingDate,
    /// The date of the referral is no date.
    UnreadableDate,
    /// Day and month of the date cannot be told apart.
    AmbiguousDate,
    /// Before the year 2000 or in the future.
    DateOutOfRange,
    /// A contact without a person's or an organisation's name.
    NoName,
    /// A referral without a patient where one is needed.
    NoPatient,
    /// The row does not fit the header.
    UnreadableRow,
    /// The row speaks of something Baton does not keep.
    OutsideScope,
}

/// Why a record of a file is no row of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum AsideKind {
    /// It stands above the names of the columns.
    Preamble,
    /// It repeats the names of the columns.
    RepeatedHeader,
    /// It is a sum.
    Totals,
    /// It is a footer or the heading of a group.
    Footer,
    /// Somebody decided so.
    Decided,
}

impl AsideKind {
    /// Why, in plain words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Preamble => "It stands above the names of the columns.",
            Self::RepeatedHeader => "It repeats the names of the columns.",
            Self::Totals => "It looks like a sum.",
            Self::Footer => "It looks like a footer or the heading of a group.",
            Self::Decided => "By your decision.",
        }
    }
}

/// A record that is no row of data, with its cells so that somebody can see what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Aside {
    /// The record of the file, from 1.
    pub record: u32,
    /// Why.
    pub kind: AsideKind,
    /// Its cells that hold something.
    pub cells: Vec<String>,
}

impl RejectReason {
    /// The code used on the wire, in scripts and in the workbook of rejected rows.
    pub fn code(self) -> &'static str {
        match self {
            Self::DuplicateRow => "duplicate_row",
            Self::MissingDate => "missing_date",
            Self::UnreadableDate => "unreadable_date",
            Self::AmbiguousDate => "ambiguous_date",
            Self::DateOutOfRange => "date_out_of_range",
            Self::NoName => "no_name",
            Self::NoPatient => "no_patient",
            Self::UnreadableRow => "unreadable_row",
            Self::OutsideScope => "outside_scope",
        }
    }

    /// What to do about it, in plain words.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::DuplicateRow => "Nothing is lost: the earlier row comes in.",
            Self::MissingDate | Self::UnreadableDate => {
                "Write the day into the file and import it again; rows that are already here stay as they are."
            }
            Self::AmbiguousDate => "Say how the dates of this column are written, under Columns.",
            Self::DateOutOfRange => {
                "Correct the day in the file and import it again; rows that are already here stay as they are."
            }
            Self::NoName => "Write a name into the file and import it again, or leave the row out.",
            Self::NoPatient => "Write the patient into the file and import it again.",
            Self::UnreadableRow => {
                "Look for a separator inside a cell of this row, put the cell in quotation marks, and import the file again."
            }
            Self::OutsideScope => "Leave the row out.",
        }
    }
}

/// What the table is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// One row is one referral.
    #[default]
    Referrals,
    /// One row is one person or organisation.
    Contacts,
}

/// Which way a referral goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RowDirection", rename_all = "snake_case")]
pub enum Direction {
    /// Someone sent the practice a patient.
    #[default]
    Inbound,
    /// The practice sent a patient elsewhere.
    Outbound,
    /// Handed over between colleagues of the practice.
    Internal,
}

/// What became of a referral; `Scheduled` means still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RowOutcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Still open.
    Scheduled,
    /// The patient came.
    Seen,
    /// The patient did not appear.
    NoShow,
    /// The patient, the insurer or the practice said no.
    Declined,
    /// Nobody could be reached any more.
    Lost,
}

/// A source that is no person and no organisation one could thank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "SourceChannel", rename_all = "snake_case")]
pub enum Channel {
    /// The patient came on their own.
    SelfReferred,
    /// Google and the like.
    InternetSearch,
    /// Friends and family without a name.
    UnnamedFriend,
    /// The practice's own pages, social media, review sites.
    Website,
    /// The list of an insurer.
    InsuranceDirectory,
    /// Paid attention: newspaper, radio, mailing.
    Advert,
    /// A health fair, a talk.
    Event,
    /// Saw the sign, walked in.
    WalkIn,
    /// Nothing was recorded.
    Unknown,
}

/// One referral as the file tells it, already typed. Who is named alike in many rows stands in memory once.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferralRow {
    /// The record of the file, from 1.
    pub record: u32,
    /// Which way it goes.
    pub direction: Direction,
    /// The day it reached the practice.
    pub received_on: NaiveDate,
    /// The day of the first appointment.
    pub scheduled_on: Option<NaiveDate>,
    /// The day the patient was seen.
    pub seen_on: Option<NaiveDate>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Set when the source is a channel and no referrer.
    pub channel: Option<Channel>,
    /// Who the file names as referrer; none when the source is a channel.
    pub referrer: Option<Arc<PartyCell>>,
    /// To whom an outbound referral went, or the colleague of an internal one.
    pub counterpart: Option<Arc<PartyCell>>,
    /// The patient.
    pub patient: PatientCell,
    /// Diagnosis or complaint.
    pub reason: Option<String>,
    /// Service line or procedure.
    pub service: Option<String>,
    /// Insurance.
    pub payer: Option<String>,
    /// Notes.
    pub note: Option<String>,
    /// The status as written.
    pub status_text: Option<String>,
    /// What the status means; none when it is empty or undecided.
    pub outcome: Option<Outcome>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// What kind.
    pub kind: Option<ReferralType>,
    /// How far the patient comes.
    pub travel: Option<Travel>,
    /// What was done when, beyond the days above.
    pub done: DoneCell,
    /// The amount in cents.
    pub amount_cents: Option<i64>,
}

/// Days on the way of a referral, as the file tells them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoneCell {
    /// The referrer was told that it came, or the receiver confirmed.
    pub acknowledged_on: Option<NaiveDate>,
    /// The report was sent, or received.
    pub reported_on: Option<NaiveDate>,
    /// The patient went back.
    pub returned_on: Option<NaiveDate>,
    /// The referrer was thanked.
    pub thanked_on: Option<NaiveDate>,
}

impl DoneCell {
    /// The steps these days are, by their codes: inbound and outbound referrals call theirs differently.
    pub fn steps(&self, direction: Direction) -> impl Iterator<Item = (&'static str, NaiveDate)> {
        let outbound = direction == Direction::Outbound;
        let (acknowledged, reported) = if outbound {
            (stage::CONFIRMED, stage::REPORT_RECEIVED)
        } else {
            (stage::ACKNOWLEDGED, stage::REPORT_SENT)
        };
        let returned = self.returned_on.filter(|_| !outbound);
        let all = [
            (acknowledged, self.acknowledged_on),
            (reported, self.reported_on),
            (stage::RETURNED, returned),
            (event::THANKED, self.thanked_on),
        ];
        all.into_iter().filter_map(|(code, on)| Some((code, on?)))
    }
}

/// The patient of a referral, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatientCell {
    /// The full name, as written or composed from given and family name.
    pub name: Option<String>,
    /// The number of the chart.
    pub chart_number: Option<String>,
    /// The day of birth.
    pub born_on: Option<NaiveDate>,
}

/// A referrer, partner or contact as written: nothing resolved yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartyCell {
    /// The full name as written, or empty.
    pub text: String,
    /// Given name, when it has a column of its own.
    pub given: Option<String>,
    /// Middle name or initial.
    pub middle: Option<String>,
    /// Family name.
    pub family: Option<String>,
    /// Credentials, as in `MD`.
    pub credentials: Option<String>,
    /// Practice, company, hospital.
    pub organisation: Option<String>,
    /// The NPI.
    pub npi: NpiCell,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
    /// Fax number as written.
    pub fax: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Street with suite.
    pub street: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// State.
    pub state: Option<String>,
    /// ZIP code, its leading zero restored.
    pub zip: Option<String>,
    /// Specialty.
    pub specialty: Option<String>,
    /// Category as the file calls it.
    pub category: Option<String>,
    /// Job title.
    pub job_title: Option<String>,
    /// Notes about the party.
    pub notes: Option<String>,
    /// The kind of source as the file calls it, as in `Marketing / Employer`.
    pub source_class: Option<String>,
}

/// The NPI of a party.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum NpiCell {
    /// None was given.
    #[default]
    Missing,
    /// A valid one.
    Valid(Npi),
    /// Something that is no NPI, as written.
    Refused(String),
}

/// One contact as the file tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactRow {
    /// The record of the file, from 1.
    pub record: u32,
    /// Who it is.
    pub party: PartyCell,
}

/// A row that stays out, with its cells so that it can be handed back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Reject {
    /// The record of the file, from 1.
    pub record: u32,
    /// Why.
    pub reason: RejectReason,
    /// The cells as read.
    pub cells: Vec<String>,
    /// Why, in plain words.
    pub detail: String,
    /// The referrer or contact as the file writes it.
    pub who: String,
    /// The patient as the file writes it.
    pub patient: String,
    /// The day as the file writes it.
    pub day: String,
}

/// Everything a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadResult {
    /// What the rows are.
    pub kind: TableKind,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The referrals; empty for contacts.
    pub referrals: Vec<ReferralRow>,
    /// The contacts; empty for referrals.
    pub contacts: Vec<ContactRow>,
    /// The rows that stay out.
    pub rejected: Vec<Reject>,
    /// The records that are no data.
    pub aside: Vec<Aside>,
    /// The number of data rows: accepted and rejected.
    pub rows: u32,
}
