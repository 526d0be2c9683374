//! A letter as a draft for the mail program: a message file somebody opens, looks at and sends. Baton sends nothing.

use std::fmt::Write as _;
use std::path::Path;

use chrono::{DateTime, FixedOffset};

use super::super::error::ExportError;
use super::super::staged::Staged;
use super::check::ready;
use super::order::MailSaved;
use super::write::put;
use crate::audit::record_letters;
use crate::gratitude::LetterWanted;
use crate::practice::Practice;
use crate::vault::letterhead;

/// How long a line of a header may be, and one of a body in quoted-printable (RFC 2047, 2; RFC 2045, 6.7).
const LINE: usize = 76;
/// How long an encoded word may be (RFC 2047, 2).
const ENCODED: usize = 75;

/// Writes the letter as a message file (RFC 5322) that mail programs open as a draft.
///
/// # Errors
/// What keeps it here, see [`ExportError::Unfilled`] and [`ExportError::Invalid`]; otherwise see [`ExportError`]. What stood at
/// `target` is unchanged then.
pub fn save_mail(
    practice: &Practice,
    wanted: &LetterWanted,
    target: &Path,
) -> Result<MailSaved, ExportError> {
    let Some(letter) = ready(practice, std::slice::from_ref(wanted))?.into_iter().next() else {
        return Err(ExportError::Invalid { field: "letters", problem: "Choose somebody to write to." });
    };
    let ours = letterhead(practice).map_err(|error| ExportError::Write(error.to_string()))?;
    let clock = practice.store().clock().now_ms();
    let at = DateTime::from_timestamp_millis(clock)
        .map(|at| at.with_timezone(&practice.store().zone()).fixed_offset());
    let name = practice.read(|conn| crate::vault::letterhead_in(conn).map(|(head, _)| head.name))?;
    let (from, to) = (ours.email.trim(), letter.email.as_deref().map(str::trim).filter(|to| is_address(to)));
    let message = message(&Message {
        from: is_address(from).then_some((letter.letter.signer.as_str(), from)),
        to: to.map(|to| (letter.name.as_str(), to)),
        subject: &format!("Thank you from {name}"),
        at,
        text: &without_date(&letter.letter.text, practice.today()),
    });
    let mut staged = Staged::begin(practice, target)?;
    put(&mut staged, message.as_bytes())?;
    let file_name = staged.file_name();
    let entry = record_letters(practice, "export_mail", &file_name, (1, "letter", "letters"))?;
    staged.finish()?;
    Ok(MailSaved { file_name, to: to.map(str::to_owned), entry })
}

/// A message says its day in its head.
fn without_date(text: &str, today: chrono::NaiveDate) -> String {
    let day = today.format("%B %-d, %Y").to_string();
    text.strip_prefix(&day).unwrap_or(text).trim_start_matches(['\n', '\r']).to_owned()
}

/// An address that can stand in a header as it is: in ASCII, without blanks, quotes or brackets.
fn is_address(address: &str) -> bool {
    let sound = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic() && !b"()<>[]:;@\\,\"".contains(&b))
    };
    address.split_once('@').is_some_and(|(local, domain)| sound(local) && sound(domain))
}

struct Message<'a> {
    from: Option<(&'a str, &'a str)>,
    to: Option<(&'a str, &'a str)>,
    subject: &'a str,
    at: Option<DateTime<FixedOffset>>,
    text: &'a str,
}

fn message(of: &Message<'_>) -> String {
    let mut head = String::new();
    let mut field = |name: &str, value: &str| {
        let _ = write!(head, "{name}: {value}\r\n");
    };
    if let Some((name, address)) = of.from {
        field("From", &mailbox("From", name, address));
    }
    if let Some((name, address)) = of.to {
        field("To", &mailbox("To", name, address));
    }
    field("Subject", &phrase("Subject".len() + 2, of.subject, false));
    if let Some(at) = of.at {
        field("Date", &at.to_rfc2822());
    }
    field("X-Unsent", "1");
    field("MIME-Version", "1.0");
    field("Content-Type", "text/plain; charset=utf-8");
    field("Content-Transfer-Encoding", "quoted-printable");
    format!("{head}\r\n{}", quoted_printable(of.text))
}

fn mailbox(field: &str, name: &str, address: &str) -> String {
    let name = phrase(field.len() + 2, name, true);
    // On a line of its own where both would be too long for one (RFC 5322, 2.2.3).
    let last = name.rsplit("\r\n").next().unwrap_or_default().len();
    let apart = if last + address.len() + field.len() + 5 > LINE { "\r\n " } else { " " };
    if name.is_empty() { format!("<{address}>") } else { format!("{name}{apart}<{address}>") }
}

/// Words in a header: as they are where ASCII can say them, quoted in front of an address; otherwise encoded words of at most 75
/// characters, no letter cut in two (RFC 2047, 5). `before` columns of the line are taken.
fn phrase(before: usize, text: &str, quoted: bool) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = text.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) && !text.contains("=?");
    if plain && before + text.len() + 2 <= LINE {
        return if quoted && !text.is_empty() {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        } else {
            text
        };
    }
    let (open, close) = ("=?utf-8?Q?", "?=");
    let mut words = vec![String::new()];
    let mut room = ENCODED.min(LINE - before) - open.len() - close.len();
    for letter in text.chars() {
        let mut bytes = [0; 4];
        let mut written = String::new();
        for byte in letter.encode_utf8(&mut bytes).bytes() {
            match byte {
                b' ' => written.push('_'),
                // What may stand in an encoded word of a phrase (RFC 2047, 5 (3)).
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'!' | b'*' | b'+' | b'-' | b'/' => {
                    written.push(char::from(byte));
                }
                byte => {
                    let _ = write!(written, "={byte:02X}");
                }
            }
        }
        if words.last().is_some_and(|word| word.len() + written.len() > room) {
            words.push(String::new());
            room = ENCODED - open.len() - close.len();
        }
        if let Some(word) = words.last_mut() {
            word.push_str(&written);
        }
    }
    words.iter().map(|word| format!("{open}{word}{close}")).collect::<Vec<_>>().join("\r\n ")
}

/// A body in quoted-printable (RFC 2045, 6.7): lines of at most 76 characters, no letter cut in two.
fn quoted_printable(text: &str) -> String {
    let mut body = String::new();
    for line in text.replace("\r\n", "\n").split('\n') {
        let mut here = 0;
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            let last = letters.peek().is_none();
            let plain = matches!(letter, '!'..='~' if letter != '=') || (letter == ' ' && !last);
            let mut written = String::new();
            if plain {
                written.push(letter);
            } else {
                let mut bytes = [0; 4];
                for byte in letter.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(written, "={byte:02X}");
                }
            }
            if here + written.len() > LINE - 1 {
                body.push_str("=\r\n");
                here = 0;
            }
            // A line that is a point alone, or begins so, is mistaken on its way by some.
            if here == 0 && written == "." {
                written = "=2E".to_owned();
            }
            here += written.len();
            body.push_str(&written);
        }
        body.push_str("\r\n");
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(body: &str) -> String {
        let joined = body.replace("=\r\n", "");
        let (mut bytes, mut rest) = (Vec::new(), joined.as_bytes());
        while let [first, after @ ..] = rest {
            if *first == b'=' {
                let hex = std::str::from_utf8(&after[..2]).expect("ascii");
                bytes.push(u8::from_str_radix(hex, 16).expect("hex"));
                rest = &after[2..];
            } else {
                bytes.push(*first);
                rest = after;
            }
        }
        String::from_utf8(bytes).expect("utf-8")
    }

    #[test]
    fn a_body_comes_back_letter_for_letter_in_lines_of_76() {
        let text =
            format!("Dear Zoë = \n. a point\n{}\nein Wort {} \n\tende ", "Łódź ".repeat(60), "x".repeat(200));
        let body = quoted_printable(&text);
        assert!(body.is_ascii() && body.split("\r\n").all(|line| line.len() <= 76));
        assert!(body.split("\r\n").all(|line| !line.ends_with(' ') && line != "."));
        assert_eq!(decoded(&body).replace("\r\n", "\n"), format!("{text}\n"));
    }

    #[test]
    fn words_in_a_header_are_plain_quoted_or_encoded() {
        assert_eq!(phrase(9, "Thank you from Harborview", false), "Thank you from Harborview");
        assert_eq!(phrase(4, "Keiko \"K\" Ito, MD", true), "\"Keiko \\\"K\\\" Ito, MD\"");
        let long = phrase(9, &"Thank you from Zoë’s Praxis für Orthopädie ".repeat(4), false);
        assert!(long.is_ascii());
        for (at, line) in long.split("\r\n ").enumerate() {
            assert!(
                line.starts_with("=?utf-8?Q?") && line.ends_with("?=") && line.len() <= ENCODED,
                "{line}"
            );
            assert!(at > 0 || line.len() + 9 <= LINE);
            let bytes = line.trim_start_matches("=?utf-8?Q?").trim_end_matches("?=");
            assert!(!decoded(bytes).contains('\u{fffd}'), "no letter is cut in two");
        }
    }

    #[test]
    fn nobody_slips_a_header_into_a_message() {
        let evil = Message {
            from: None,
            to: Some(("Ito\r\nBcc: everybody@example.com", "ito@example.com")),
            subject: "Hello\r\nX-Evil: 1",
            at: None,
            text: "Text",
        };
        let message = message(&evil);
        let (head, _) = message.split_once("\r\n\r\n").expect("a head");
        let fields: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with(' '))
            .filter_map(|line| line.split(':').next())
            .collect();
        assert_eq!(
            fields,
            ["To", "Subject", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
        );
        assert!(
            !is_address("a@b\r\nBcc: c@d") && !is_address("a b@c") && is_address("office@harborview.example")
        );
    }
}
