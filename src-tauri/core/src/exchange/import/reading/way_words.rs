//! Words about how a referral goes its way: how soon, what kind, how far the patient comes.

use super::row_kind_words::listed;
use super::words::{Known, is_blank_word, normal_word};
use crate::referrals::{ReferralType, Travel, Urgency};

fn known<T: Copy>(text: &str, vocabulary: &[(T, &str)]) -> Known<T> {
    let word = normal_word(text);
    if is_blank_word(&word) {
        return Known::Blank;
    }
    match vocabulary.iter().find(|(_, words)| listed(words, &word)) {
        Some((meaning, _)) => Known::Means(*meaning),
        None => Known::Undecided,
    }
}

/// How soon.
pub(super) fn urgency(text: &str) -> Known<Urgency> {
    known(
        text,
        &[
            (
                Urgency::Emergency,
                "\
                emergency, emergent, stat, immediate, immediately, now, same day, critical, notfall, emergencia, urgence vitale",
            ),
            (
                Urgency::Urgent,
                "\
                urgent, asap, as soon as possible, expedite, expedited, high, high priority, priority, rush, soon, \
                semi urgent, yes, y, true, dringend, eilig, urgente, alta",
            ),
            (
                Urgency::Routine,
                "\
                routine, elective, normal, standard, regular, low, low priority, medium, non urgent, nonurgent, not urgent, \
                no, n, false, elektiv, regulaer, rutina, rutinario, baja",
            ),
        ],
    )
}

/// What kind of referral.
pub(super) fn kind(text: &str) -> Known<ReferralType> {
    known(
        text,
        &[
            (
                ReferralType::Consult,
                "\
                consult, consultation, consult only, consultation only, evaluation, eval, evaluate, evaluate only, \
                evaluation only, eval only, konsil, consulta, advice",
            ),
            (
                ReferralType::Transfer,
                "\
                transfer, transfer of care, transfer care, take over, takeover, assume care, assume management, \
                ubernahme, traslado, transfert",
            ),
            (
                ReferralType::SecondOpinion,
                "\
                second opinion, 2nd opinion, secondopinion, zweitmeinung, segunda opinion, deuxieme avis, second avis",
            ),
            (
                ReferralType::CoManagement,
                "\
                co management, comanagement, co manage, comanage, co managed, comanaged, shared care, joint care, \
                mitbehandlung, cuidado compartido",
            ),
            (
                ReferralType::Travel,
                "travel, medical travel, medical tourism, travel for care, destination care",
            ),
        ],
    )
}

/// How far the patient comes.
pub(super) fn travel(text: &str) -> Known<Travel> {
    known(
        text,
        &[
            (Travel::Local, "local, in area, in town, nearby, in state, lokal, no"),
            (
                Travel::Domestic,
                "domestic, national, out of area, out of town, out of state, regional, in country, inland, nacional",
            ),
            (
                Travel::International,
                "international, abroad, foreign, overseas, out of country, ausland, extranjero, internacional, etranger",
            ),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_words_are_known_and_strange_ones_are_asked() {
        for (text, meaning) in [
            ("STAT", Known::Means(Urgency::Emergency)),
            ("Urgent", Known::Means(Urgency::Urgent)),
            ("Non-urgent", Known::Means(Urgency::Routine)),
            ("Routine", Known::Means(Urgency::Routine)),
            ("", Known::Blank),
            ("Level 3", Known::Undecided),
        ] {
            assert_eq!(urgency(text), meaning, "{text}");
        }
        assert_eq!(kind("2nd Opinion"), Known::Means(ReferralType::SecondOpinion));
        assert_eq!(kind("co_management"), Known::Means(ReferralType::CoManagement));
        assert_eq!(kind("Evaluate and treat"), Known::Undecided);
        assert_eq!(travel("Out-of-state"), Known::Means(Travel::Domestic));
        assert_eq!(travel("International"), Known::Means(Travel::International));
    }

    #[test]
    fn no_word_means_two_things() {
        let codes = |all: &[&str]| all.iter().all(|code| urgency(code) != Known::Undecided);
        assert!(codes(&["emergency", "urgent", "routine"]));
        for code in ["consult", "transfer", "second_opinion", "co_management", "travel"] {
            assert_eq!(kind(code), Known::Means(ReferralType::from_code(code).expect("a code")));
        }
        for code in ["local", "domestic", "international"] {
            assert_eq!(travel(code), Known::Means(Travel::from_code(code).expect("a code")));
        }
    }
}
