//! Words that mean the same in every practice's own vocabulary: statuses, channels, directions.

use super::row_kind_words::{fold, listed};
use crate::exchange::import::row::{Channel, Direction, Outcome};

/// A word in the form vocabulary is compared in: folded, punctuation as single spaces.
pub(super) fn normal_word(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    for letter in folded.chars() {
        if letter.is_alphanumeric() {
            out.push(letter);
        } else if letter != '\'' && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// What a word is, as far as the vocabulary knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known<T> {
    /// It means nothing was recorded.
    Blank,
    /// It has this meaning.
    Means(T),
    /// Nobody knows.
    Undecided,
}

const BLANK: &str = "\
    , n a, na, none, unknown, unk, null, nil, not applicable, not specified, not provided, \
    not given, unspecified, unassigned, blank, select, x, xx, xxx, 0, unbekannt, keine, \
    desconocido, ninguno, inconnu, aucun, ref, value";

/// Whether a cell stands for an empty one, as programs write it: `NULL`, `\N`, `(blank)`, `#N/A`.
pub(super) fn stands_for_nothing(cell: &str) -> bool {
    const MARKS: [&str; 13] = [
        "\\N", "NULL", "N/A", "n/a", "#N/A", "(blank)", "(null)", "(none)", "<null>", "-", "--", "\u{2013}",
        "\u{2014}",
    ];
    MARKS.contains(&cell)
}

/// The same, with words that could be somebody's name: `None`, `null`, `na`.
pub(super) fn says_nothing(cell: &str) -> bool {
    const WORDS: [&str; 6] = ["none", "null", "na", "nan", "(blanks)", "not applicable"];
    stands_for_nothing(cell) || WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Whether a cell says that there is nothing to say.
pub(super) fn is_blank_word(word: &str) -> bool {
    word.is_empty() || listed(BLANK, word)
}

/// What a status word says about the outcome of a referral.
pub(super) fn outcome(text: &str) -> Known<Outcome> {
    let word = normal_word(text);
    if is_blank_word(&word) {
        return Known::Blank;
    }
    let has = |phrases: &str| {
        phrases.split(", ").any(|phrase| {
            word.split(' ')
                .collect::<Vec<_>>()
                .windows(phrase.split(' ').count())
                .any(|window| window.iter().copied().eq(phrase.split(' ')))
        })
    };
    let open = "\
        not scheduled, not yet scheduled, not yet seen, not yet, to be scheduled, \
        needs scheduling, need to schedule, ready to schedule, re scheduled, rescheduled, \
        reschedule, to schedule";
    let lost = "\
        lost, ltfu, lfu, lost to follow up, unable to reach, unable to contact, unreachable, \
        utr, utc, no response, non responsive, nonresponsive, did not respond, never scheduled, \
        no contact, could not reach, cannot reach, cant reach, not reached, \
        chose other provider, chose another provider, went elsewhere, elsewhere, deceased, \
        expired, dead, moved, dropped, dropped out, never responded, no answer, nicht erreicht, \
        no localizado, perdu de vue, abandoned, wrong number, inactive, ghosted, disconnected, \
        verloren, perdido, perdu, never called back, unsuccessful";
    let no_show = "\
        no show, noshow, no shows, no showed, no showing, ns, n s, d n s, dns, dna, fta, \
        did not show, did not attend, did not appear, failed to attend, failed to show, \
        failed appointment, failed appt, missed, missed appointment, missed appt, \
        nicht erschienen, nicht gekommen, kam nicht, no vino, falto, ausente, non venu, pas venu, \
        no asistio, no se presento, absent, non presente, didnt show, \
        didnt come, not arrived, never showed, never came, never arrived, ausgeblieben, broken";
    let declined = "\
        declined, decline, declines, refused, refuses, refusal, denied, denial, cancelled, \
        canceled, cancel, cancels, cancellation, cx, cxl, cxld, canc, not interested, \
        withdrawn, withdrew, rejected, not eligible, ineligible, out of network, oon, \
        not covered, not appropriate, inappropriate, abgelehnt, abgesagt, storniert, rechazado, \
        rechazada, cancelado, cancelada, refuse, refusee, annule, annulee, unqualified, \
        disqualified, does not want, did not want, doesnt want, turned down, no auth, \
        not authorized, not accepted, void, voided, not a candidate, pt declined, opted out";
    let seen = "\
        seen, kept, completed, complete, evaluated, eval completed, eval done, arrived, \
        checked out, checkedout, checkedin, check out, checkout, checked in, check in, attended, active, \
        active patient, in treatment, in care, discharged, discharge, dc, d c, done, \
        visit complete, converted, fulfilled, show, showed, showed up, treated, established, \
        admitted, billed, closed won, came, present, finished, performed, consulted, started, \
        start of care, soc, initial visit, became patient, new patient seen, gesehen, \
        erschienen, erledigt, behandelt, abgeschlossen, visto, vista, atendido, atendida, \
        asistio, completado, completada, vu, vue, realise, venu, y, yes, had surgery, \
        surgery done, surgery, roomed, ready for billing, in therapy, on program, poc, served";
    let scheduled = "\
        scheduled, filled, sched, booked, pending, open, new, in progress, in process, assigned, \
        received, awaiting, contacted, confirmed, waiting, waitlist, waitlisted, wait list, \
        waiting list, authorized, auth pending, requested, sent, referred, left message, lm, \
        lvm, left voicemail, vm, called, on hold, hold, appointment made, appt made, appt set, \
        appointment set, qualified, future, working, intake, triage, review, in review, \
        under review, accepted, active referral, new referral, insurance verification, \
        verifying, attempting, attempted, in queue, queued, upcoming, reserved, terminiert, \
        geplant, offen, neu, angenommen, programado, programada, agendado, pendiente, nuevo, \
        abierto, planifie, prevu, en attente, nouveau, ouvert, processing, follow up, \
        in contact, incomplete, prospect, callback, call back, tentative, unscheduled, \
        unconfirmed, not started, draft";
    let negated = has("not, never, didnt, wasnt, no, non, nicht, without, un");
    let meaning = if has(open) {
        Outcome::Scheduled
    } else if has(no_show) {
        Outcome::NoShow
    } else if has(lost) {
        Outcome::Lost
    } else if has(declined) {
        Outcome::Declined
    } else if word == "unscheduled" || word == "not started" {
        Outcome::Scheduled
    } else if negated {
        return Known::Undecided;
    } else if has("\
        active referral, new referral, pending, awaiting, not yet, to be, needs, incomplete, \
        unconfirmed, in progress, in process, waiting")
    {
        Outcome::Scheduled
    } else if has(seen) {
        Outcome::Seen
    } else if has(scheduled) {
        Outcome::Scheduled
    } else {
        return Known::Undecided;
    };
    Known::Means(meaning)
}

/// Which way a referral goes.
pub(super) fn direction(text: &str) -> Known<Direction> {
    let word = normal_word(text);
    if is_blank_word(&word) {
        return Known::Blank;
    }
    let first = word.split(' ').next().unwrap_or_default();
    Known::Means(match first {
        "inbound" | "incoming" | "in" | "received" | "receive" | "eingehend" | "entrante" | "entrant" => {
            Direction::Inbound
        }
        "outbound" | "outgoing" | "out" | "sent" | "send" | "ausgehend" | "saliente" | "sortant"
        | "outward" => Direction::Outbound,
        "internal" | "interoffice" | "intern" | "interno" | "interne" | "inhouse" | "within" | "cross" => {
            Direction::Internal
        }
        "external" => Direction::Inbound,
        _ => return Known::Undecided,
    })
}

/// What a word says as a source: a channel, nothing, or (undecided) the name of someone.
pub(super) fn channel(text: &str) -> Known<Channel> {
    if text.len() > 60 {
        return Known::Undecided;
    }
    let word = normal_word(text);
    if word.is_empty() || is_blank_word(&word) {
        return Known::Blank;
    }
    if listed(UNNAMED, &word) {
        return Known::Means(Channel::Unknown);
    }
    if let Some((_, channel)) = PHRASES.iter().find(|(phrase, _)| *phrase == word) {
        return Known::Means(*channel);
    }
    let mut found: Option<(usize, Channel)> = None;
    for token in word.split(' ') {
        match channel_token(token) {
            Token::Filler => {}
            Token::Means(rank, channel) => {
                if found.is_none_or(|(best, _)| rank < best) {
                    found = Some((rank, channel));
                }
            }
            Token::Name => return Known::Undecided,
        }
    }
    found.map_or(Known::Undecided, |(_, channel)| Known::Means(channel))
}

const UNNAMED: &str = "\
    other, others, misc, miscellaneous, not asked, did not ask, declined, refused, no referral, \
    no referrer, no referring provider, no referring physician, not listed, not known, \
    physician, doctor, provider, dr, md, pcp, marketing, do not know, doesnt know, dont know, \
    does not know, does not remember, no source, no source recorded, tbd, see notes, referral, \
    other source, other physician, non referral, not referred, sonstige, sonstiges, otro, \
    otros, autre, weiss nicht, physician referral, doctor referral, provider referral, \
    unknown provider, unknown physician, unknown referrer, unknown source, \
    unknown referring provider, outside provider, generic provider, referring provider, \
    referring physician, no pcp, default, missing, cant remember, general, undisclosed, test";

const PHRASES: &[(&str, Channel)] = &[
    ("health fair", Channel::Event),
    ("community event", Channel::Event),
    ("marketing event", Channel::Event),
    ("health insurance", Channel::InsuranceDirectory),
    ("health plan", Channel::InsuranceDirectory),
    ("friend unnamed", Channel::UnnamedFriend),
    ("unnamed friend", Channel::UnnamedFriend),
    ("el mismo", Channel::SelfReferred),
    ("lui meme", Channel::SelfReferred),
    ("boca a boca", Channel::UnnamedFriend),
    ("staff", Channel::UnnamedFriend),
    ("employee", Channel::UnnamedFriend),
    ("self none", Channel::SelfReferred),
    ("none self", Channel::SelfReferred),
];

enum Token {
    Filler,
    Means(usize, Channel),
    Name,
}

/// The words of the channels. The earlier line decides when a text holds several of them, as in `Internet - Google` or
/// `Our website (Google)`.
const CHANNEL_WORDS: &[(Channel, &str)] = &[
    (
        Channel::SelfReferred,
        "\
            self, selbst, selbstzuweiser, selbstzuweisung, selbstuberweiser, autoreferido, \
            autorreferido, himself, herself, myself, own, direct, selfreferral, selfreferred",
    ),
    (Channel::WalkIn, "walk, walkin, walked, drive, drove, signage, sign, passing, laufkundschaft"),
    (Channel::InternetSearch, "google, bing, yahoo, duckduckgo, seo"),
    (
        Channel::Website,
        "\
            facebook, instagram, fb, ig, tiktok, twitter, linkedin, youtube, social, yelp, \
            zocdoc, healthgrades, webmd, vitals, nextdoor, reviews, review, website, webseite, \
            homepage, web, blog, site, sitio, pagina",
    ),
    (
        Channel::InsuranceDirectory,
        "\
            insurance, insurer, payer, payor, carrier, versicherung, krankenkasse, aseguradora, \
            seguro, assurance",
    ),
    (Channel::InternetSearch, "internet, online, search, suche, busqueda, recherche, browsing"),
    (
        Channel::Advert,
        "\
            advertisement, advert, ad, ads, advertising, newspaper, magazine, radio, tv, \
            television, billboard, mailer, mailing, flyer, postcard, brochure, print, coupon, \
            zeitung, anzeige, werbung, periodico, anuncio, journal, publicite, yellow, groupon",
    ),
    (
        Channel::Event,
        "\
            event, events, fair, seminar, workshop, lecture, screening, expo, conference, race, \
            veranstaltung, evento, evenement",
    ),
    (
        Channel::UnnamedFriend,
        "\
            friend, friends, family, relative, relatives, freund, freunde, familie, bekannte, \
            bekannter, amigo, amiga, amigos, familia, familiar, ami, amis, famille, coworker, \
            colleague, neighbor, neighbour, spouse, husband, wife, mother, father, mom, dad, \
            parent, parents, sibling, sister, brother, son, daughter, patient, patients, \
            client, word, wom, mouth, empfehlung, bouche",
    ),
    (Channel::InsuranceDirectory, "directory"),
];

/// Words that say nothing by themselves.
const FILLERS: &str = "\
    pages, page, book, fm, media, member, members, of, by, the, a, an, our, my, from, through, \
    via, found, heard, about, us, on, in, at, or, and, to, referral, referrals, referred, \
    referal, refferal, refer, reffered, refered, saw, access, list, listing, company, provider, \
    plan, network, pt, current, former, existing, previous, past, returning, another, engine, \
    maps, map, local, de, por, internal, is, was, com, www, patientin, no, source, other, \
    oreille";

fn channel_token(token: &str) -> Token {
    match CHANNEL_WORDS.iter().position(|(_, words)| listed(words, token)) {
        Some(rank) => Token::Means(rank, CHANNEL_WORDS[rank].0),
        None if listed(FILLERS, token) => Token::Filler,
        None => Token::Name,
    }
}
