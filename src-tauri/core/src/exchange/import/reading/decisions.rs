//! Decisions as they are written on the command line: `--map "Referred by=referrer"`, `--value "Kept=seen"`.

use super::error::ReadError;
use super::field::Field;
use super::understood::{Meaning, Overrides};
use crate::exchange::import::row::{Channel, Direction, Outcome};
use crate::foundation::date_text::DateOrder;
use crate::referrals::{ReferralType, Travel, Urgency};

const MEANINGS: &[(&str, Meaning)] = &[
    ("seen", Meaning::Outcome(Outcome::Seen)),
    ("scheduled", Meaning::Outcome(Outcome::Scheduled)),
    ("no_show", Meaning::Outcome(Outcome::NoShow)),
    ("declined", Meaning::Outcome(Outcome::Declined)),
    ("lost", Meaning::Outcome(Outcome::Lost)),
    ("self_referred", Meaning::Channel(Channel::SelfReferred)),
    ("internet_search", Meaning::Channel(Channel::InternetSearch)),
    ("unnamed_friend", Meaning::Channel(Channel::UnnamedFriend)),
    ("website", Meaning::Channel(Channel::Website)),
    ("insurance_directory", Meaning::Channel(Channel::InsuranceDirectory)),
    ("advert", Meaning::Channel(Channel::Advert)),
    ("event", Meaning::Channel(Channel::Event)),
    ("walk_in", Meaning::Channel(Channel::WalkIn)),
    ("unknown", Meaning::Channel(Channel::Unknown)),
    ("inbound", Meaning::Direction(Direction::Inbound)),
    ("outbound", Meaning::Direction(Direction::Outbound)),
    ("internal", Meaning::Direction(Direction::Internal)),
    ("emergency", Meaning::Urgency(Urgency::Emergency)),
    ("urgent", Meaning::Urgency(Urgency::Urgent)),
    ("routine", Meaning::Urgency(Urgency::Routine)),
    ("consult", Meaning::Type(ReferralType::Consult)),
    ("transfer", Meaning::Type(ReferralType::Transfer)),
    ("second_opinion", Meaning::Type(ReferralType::SecondOpinion)),
    ("co_management", Meaning::Type(ReferralType::CoManagement)),
    ("medical_travel", Meaning::Type(ReferralType::Travel)),
    ("local", Meaning::Travel(Travel::Local)),
    ("domestic", Meaning::Travel(Travel::Domestic)),
    ("international", Meaning::Travel(Travel::International)),
    ("referrer", Meaning::Referrer),
    ("nothing", Meaning::Nothing),
];

impl Meaning {
    /// The code of a meaning, as scripts write it.
    pub fn code(self) -> &'static str {
        MEANINGS.iter().find(|(_, meaning)| *meaning == self).map_or("nothing", |(code, _)| code)
    }

    /// The meaning of a code; hyphens and spaces count as underscores.
    pub fn parse(code: &str) -> Result<Self, ReadError> {
        let wanted = code.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        let found = MEANINGS.iter().find(|(code, _)| *code == wanted);
        found.map(|(_, meaning)| *meaning).ok_or_else(|| ReadError::UnknownWord {
            given: code.to_owned(),
            allowed: MEANINGS.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", "),
        })
    }
}

impl Overrides {
    /// Takes `COLUMN=field`.
    pub fn map_column(&mut self, text: &str) -> Result<(), ReadError> {
        let (name, field) = pair(text, "COLUMN=field")?;
        self.map.insert(name.to_owned(), Field::parse(field)?);
        Ok(())
    }

    /// Takes `WORD=meaning`.
    pub fn decide_word(&mut self, text: &str) -> Result<(), ReadError> {
        let (word, meaning) = pair(text, "WORD=meaning")?;
        self.values.insert(word.to_owned(), Meaning::parse(meaning)?);
        Ok(())
    }

    /// Takes `mdy`, `dmy` or `ymd` for all columns, or `COLUMN=mdy` for one.
    pub fn decide_date_order(&mut self, text: &str) -> Result<(), ReadError> {
        let (column, code) =
            text.rsplit_once('=').map_or((None, text), |(name, code)| (Some(name.trim()), code));
        let order = match code.trim().to_ascii_lowercase().as_str() {
            "mdy" => DateOrder::Mdy,
            "dmy" => DateOrder::Dmy,
            "ymd" => DateOrder::Ymd,
            _ => {
                return Err(ReadError::UnknownWord {
                    given: code.to_owned(),
                    allowed: "mdy, dmy, ymd".to_owned(),
                });
            }
        };
        match column {
            Some(name) => {
                self.date_orders.insert(name.to_owned(), order);
            }
            None => self.date_order = Some(order),
        }
        Ok(())
    }

    /// Lays later decisions over these: what they decide counts, what they leave open stays.
    pub fn overlay(&mut self, later: Overrides) {
        fn lay<T>(below: &mut Option<T>, above: Option<T>) {
            if above.is_some() {
                *below = above;
            }
        }
        lay(&mut self.encoding, later.encoding);
        lay(&mut self.delimiter, later.delimiter);
        lay(&mut self.header_record, later.header_record);
        lay(&mut self.sheet, later.sheet);
        lay(&mut self.kind, later.kind);
        if later.date_order.is_some() {
            self.date_orders.clear();
        }
        lay(&mut self.date_order, later.date_order);
        lay(&mut self.decimal, later.decimal);
        self.date_orders.extend(later.date_orders);
        self.map.extend(later.map);
        self.values.extend(later.values);
        if !later.data.is_empty() || !later.not_data.is_empty() {
            self.data = later.data;
            self.not_data = later.not_data;
        }
        self.without_referrer |= later.without_referrer;
        if !later.own_names.is_empty() {
            self.own_names = later.own_names;
        }
    }
}

/// Splits at the last equals sign, because headings may hold one.
fn pair<'t>(text: &'t str, form: &str) -> Result<(&'t str, &'t str), ReadError> {
    let unclear = || ReadError::UnknownWord { given: text.to_owned(), allowed: form.to_owned() };
    let (left, right) = text.rsplit_once('=').ok_or_else(unclear)?;
    if left.trim().is_empty() || right.trim().is_empty() {
        Err(unclear())
    } else {
        Ok((left.trim(), right.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_as_they_are_written() {
        let mut overrides = Overrides::default();
        assert_eq!(overrides.map_column("Referred by=referrer"), Ok(()));
        assert_eq!(overrides.decide_word("Kept = seen"), Ok(()));
        assert_eq!(overrides.decide_word("Dr. Google=referrer"), Ok(()));
        assert_eq!(overrides.decide_date_order("mdy"), Ok(()));
        assert_eq!(overrides.decide_date_order("DOB=dmy"), Ok(()));
        assert_eq!(overrides.map.get("Referred by"), Some(&Field::Referrer));
        assert_eq!(overrides.values.get("Kept"), Some(&Meaning::Outcome(Outcome::Seen)));
        assert_eq!(overrides.date_orders.get("DOB"), Some(&DateOrder::Dmy));
        assert!(matches!(overrides.map_column("Referred by=boss"), Err(ReadError::UnknownWord { .. })));
        assert!(matches!(overrides.map_column("Referred by"), Err(ReadError::UnknownWord { .. })));
        assert!(
            MEANINGS
                .iter()
                .all(|(code, meaning)| meaning.code() == *code && Meaning::parse(code) == Ok(*meaning))
        );
    }
}
