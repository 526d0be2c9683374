//! What makes a message one that people can act on.

/// Words of those who build it.
const JARGON: &[&str] = &[
    "abort",
    "api",
    "assertion",
    "backtrace",
    "byte",
    "bytes",
    "checksum",
    "constraint",
    "crypto",
    "enum",
    "errno",
    "exception",
    "fsync",
    "hash",
    "hmac",
    "ioerr",
    "journal",
    "kernel",
    "malloc",
    "mutex",
    "null",
    "panic",
    "panicked",
    "pragma",
    "schema",
    "sql",
    "sqlcipher",
    "sqlite",
    "struct",
    "syscall",
    "thread",
    "transaction",
    "unwrap",
    "vfs",
    "wal",
];

/// Words that tell somebody to do something.
const ADVICE: &[&str] = &[
    "add", "ask", "avoid", "change", "check", "choose", "close", "compare", "copy", "correct", "create",
    "decide", "enter", "export", "fill", "free", "give", "go", "install", "look", "lock", "make", "open",
    "press", "put", "remove", "rename", "restart", "restore", "save", "say", "split", "take", "tell", "try",
    "turn", "type", "unlock", "unpack", "update", "use", "wait", "write", "load", "set",
];

/// A message must be a sentence, free of jargon, that says what to do; a stop that was asked for says that nothing happened.
pub fn must_be_plain(message: &str) {
    let words: Vec<String> = message
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty())
        .collect();
    let jargon = words.iter().find(|word| JARGON.contains(&word.as_str()));
    assert!(jargon.is_none(), "“{message}” says “{}”", jargon.map_or("", String::as_str));
    for code in ["::", "{", "}", "Some(", "None", "Err(", "os error", "0x", "!"] {
        assert!(!message.contains(code), "“{message}” holds “{code}”");
    }
    assert!(words.len() >= 4, "“{message}” is no sentence");
    let stopped = ["nothing was written", "no file was written", "nothing was changed"];
    let says = words.iter().any(|word| ADVICE.contains(&word.as_str()))
        || stopped.iter().any(|stopped| message.to_lowercase().contains(stopped));
    assert!(says, "“{message}” does not say what to do");
}
