//! Letters after a name, and the profession they stand for.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// What somebody is by training. Two people of one name and two professions are two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Profession {
    /// MD and its foreign equivalents.
    Physician,
    /// DO.
    OsteopathicPhysician,
    /// PA, PA-C.
    PhysicianAssistant,
    /// NP, FNP-C, DNP, APRN, CNM.
    NursePractitioner,
    /// RN, LPN.
    Nurse,
    /// DPM.
    Podiatrist,
    /// DC.
    Chiropractor,
    /// PT, DPT, PTA.
    PhysicalTherapist,
    /// OT, OTR/L.
    OccupationalTherapist,
    /// ATC.
    AthleticTrainer,
    /// DDS, DMD.
    Dentist,
    /// OD.
    Optometrist,
    /// PsyD, LCSW, LPC.
    MentalHealth,
    /// RD, RDN.
    Dietitian,
    /// PharmD, RPh.
    Pharmacist,
    /// ND.
    Naturopath,
    /// LAc.
    Acupuncturist,
    /// LMT.
    MassageTherapist,
    /// AuD, CCC-SLP.
    SpeechAndHearing,
    /// JD, Esq.
    Lawyer,
}

/// One credential as it is written well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential {
    /// `PA-C`.
    pub text: &'static str,
    /// What it makes somebody; none for degrees and fellowships that many professions carry.
    pub profession: Option<Profession>,
}

use Profession as P;

/// Letters alone, as written well, and the profession.
const CREDENTIALS: &[(&str, &str, Option<Profession>)] = &[
    ("MD", "MD", Some(P::Physician)),
    ("MBBS", "MBBS", Some(P::Physician)),
    ("MBBCH", "MBBCh", Some(P::Physician)),
    ("MBCHB", "MBChB", Some(P::Physician)),
    ("DO", "DO", Some(P::OsteopathicPhysician)),
    ("PA", "PA", Some(P::PhysicianAssistant)),
    ("PAC", "PA-C", Some(P::PhysicianAssistant)),
    ("RPAC", "RPA-C", Some(P::PhysicianAssistant)),
    ("MPAS", "MPAS", Some(P::PhysicianAssistant)),
    ("NP", "NP", Some(P::NursePractitioner)),
    ("NPC", "NP-C", Some(P::NursePractitioner)),
    ("FNP", "FNP", Some(P::NursePractitioner)),
    ("FNPC", "FNP-C", Some(P::NursePractitioner)),
    ("FNPBC", "FNP-BC", Some(P::NursePractitioner)),
    ("ANP", "ANP", Some(P::NursePractitioner)),
    ("ANPC", "ANP-C", Some(P::NursePractitioner)),
    ("ANPBC", "ANP-BC", Some(P::NursePractitioner)),
    ("AGNP", "AGNP", Some(P::NursePractitioner)),
    ("AGNPC", "AGNP-C", Some(P::NursePractitioner)),
    ("AGPCNP", "AGPCNP", Some(P::NursePractitioner)),
    ("AGPCNPBC", "AGPCNP-BC", Some(P::NursePractitioner)),
    ("AGACNP", "AGACNP", Some(P::NursePractitioner)),
    ("ACNP", "ACNP", Some(P::NursePractitioner)),
    ("ACNPBC", "ACNP-BC", Some(P::NursePractitioner)),
    ("PNP", "PNP", Some(P::NursePractitioner)),
    ("CPNP", "CPNP", Some(P::NursePractitioner)),
    ("CPNPPC", "CPNP-PC", Some(P::NursePractitioner)),
    ("WHNP", "WHNP", Some(P::NursePractitioner)),
    ("WHNPBC", "WHNP-BC", Some(P::NursePractitioner)),
    ("PMHNP", "PMHNP", Some(P::NursePractitioner)),
    ("PMHNPBC", "PMHNP-BC", Some(P::NursePractitioner)),
    ("CNP", "CNP", Some(P::NursePractitioner)),
    ("CRNP", "CRNP", Some(P::NursePractitioner)),
    ("ARNP", "ARNP", Some(P::NursePractitioner)),
    ("APRN", "APRN", Some(P::NursePractitioner)),
    ("DNP", "DNP", Some(P::NursePractitioner)),
    ("CNM", "CNM", Some(P::NursePractitioner)),
    ("CNS", "CNS", Some(P::NursePractitioner)),
    ("CRNA", "CRNA", Some(P::NursePractitioner)),
    ("RN", "RN", Some(P::Nurse)),
    ("LPN", "LPN", Some(P::Nurse)),
    ("BSN", "BSN", None),
    ("MSN", "MSN", None),
    ("DPM", "DPM", Some(P::Podiatrist)),
    ("DC", "DC", Some(P::Chiropractor)),
    ("PT", "PT", Some(P::PhysicalTherapist)),
    ("DPT", "DPT", Some(P::PhysicalTherapist)),
    ("MPT", "MPT", Some(P::PhysicalTherapist)),
    ("MSPT", "MSPT", Some(P::PhysicalTherapist)),
    ("PTA", "PTA", Some(P::PhysicalTherapist)),
    ("OT", "OT", Some(P::OccupationalTherapist)),
    ("OTR", "OTR", Some(P::OccupationalTherapist)),
    ("OTRL", "OTR/L", Some(P::OccupationalTherapist)),
    ("OTD", "OTD", Some(P::OccupationalTherapist)),
    ("COTA", "COTA", Some(P::OccupationalTherapist)),
    ("CHT", "CHT", None),
    ("ATC", "ATC", Some(P::AthleticTrainer)),
    ("DDS", "DDS", Some(P::Dentist)),
    ("DMD", "DMD", Some(P::Dentist)),
    ("OD", "OD", Some(P::Optometrist)),
    ("PSYD", "PsyD", Some(P::MentalHealth)),
    ("LCSW", "LCSW", Some(P::MentalHealth)),
    ("LICSW", "LICSW", Some(P::MentalHealth)),
    ("LMFT", "LMFT", Some(P::MentalHealth)),
    ("LPC", "LPC", Some(P::MentalHealth)),
    ("LCPC", "LCPC", Some(P::MentalHealth)),
    ("RD", "RD", Some(P::Dietitian)),
    ("RDN", "RDN", Some(P::Dietitian)),
    ("LD", "LD", Some(P::Dietitian)),
    ("PHARMD", "PharmD", Some(P::Pharmacist)),
    ("RPH", "RPh", Some(P::Pharmacist)),
    ("ND", "ND", Some(P::Naturopath)),
    ("LAC", "LAc", Some(P::Acupuncturist)),
    ("LMT", "LMT", Some(P::MassageTherapist)),
    ("AUD", "AuD", Some(P::SpeechAndHearing)),
    ("SLP", "SLP", Some(P::SpeechAndHearing)),
    ("CCCSLP", "CCC-SLP", Some(P::SpeechAndHearing)),
    ("JD", "JD", Some(P::Lawyer)),
    ("ESQ", "Esq.", Some(P::Lawyer)),
    ("PHD", "PhD", None),
    ("EDD", "EdD", None),
    ("MPH", "MPH", None),
    ("MBA", "MBA", None),
    ("MHA", "MHA", None),
    ("MS", "MS", None),
    ("MA", "MA", None),
    ("BS", "BS", None),
    ("OCS", "OCS", None),
    ("SCS", "SCS", None),
    ("CSCS", "CSCS", None),
    ("FACS", "FACS", None),
    ("FACP", "FACP", None),
    ("FAAP", "FAAP", None),
    ("FAAFP", "FAAFP", None),
    ("FAAOS", "FAAOS", None),
    ("FACC", "FACC", None),
    ("FACOG", "FACOG", None),
    ("FACEP", "FACEP", None),
];

/// Credentials that are also names or words: taken as such only in capitals.
const ALSO_NAMES: &[&str] = &["DO", "MA", "PA", "LAC", "AUD", "MS", "LD", "ND", "RN", "PAC"];

/// The credential a word is, as in `M.D.`, `PA-C`, `fnp-c`.
pub fn credential(word: &str) -> Option<Credential> {
    static BY_KEY: OnceLock<HashMap<&'static str, Credential>> = OnceLock::new();
    let (mut letters, mut count, mut in_capitals) = ([0; LONGEST], 0, true);
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if !c.is_ascii() || count == LONGEST {
            return None;
        }
        in_capitals &= c.is_ascii_uppercase();
        letters[count] = c.to_ascii_uppercase() as u8;
        count += 1;
    }
    let upper = std::str::from_utf8(&letters[..count]).ok().filter(|upper| upper.len() >= 2)?;
    if ALSO_NAMES.contains(&upper) && !in_capitals && upper.len() == word.len() {
        return None;
    }
    let by_key = BY_KEY.get_or_init(|| {
        let all = CREDENTIALS.iter().rev();
        all.map(|(key, text, profession)| (*key, Credential { text, profession: *profession })).collect()
    });
    by_key.get(upper).copied()
}

/// How many letters a credential has at most.
const LONGEST: usize = 8;

/// The credentials of a cell that holds nothing else, as in `MD, FACS` or `D.P.M.`.
pub fn credentials_in(cell: &str) -> Vec<Credential> {
    let mut found: Vec<Credential> = Vec::new();
    for word in cell.split([',', ';', ' ', '|']).filter(|word| !word.is_empty()) {
        let upper = word.to_uppercase();
        if let Some(one) = credential(&upper)
            && !found.contains(&one)
        {
            found.push(one);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_hyphens_and_case_do_not_matter() {
        for text in ["MD", "M.D.", "md", "Md."] {
            assert_eq!(credential(text).and_then(|c| c.profession), Some(Profession::Physician), "{text}");
        }
        assert_eq!(credential("pa-c").map(|c| c.text), Some("PA-C"));
        assert_eq!(credentials_in("MD, FACS").len(), 2);
    }

    #[test]
    fn a_family_name_is_no_credential() {
        for text in ["Do", "Ma", "Pa", "Smith", "Núñez"] {
            assert_eq!(credential(text), None, "{text}");
        }
    }
}
