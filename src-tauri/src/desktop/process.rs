//! The process itself: what it leaves behind when it fails, and who may look into it.

/// Puts the process in order before anything else happens in it.
///
/// Files it makes are the user's alone, a crash leaves no picture of its memory, and a panic
/// reports its place and never its words, which could hold what somebody typed.
pub fn settle() {
    report_panics_by_place();
    #[cfg(unix)]
    keep_to_ourselves();
    #[cfg(target_os = "linux")]
    draw_without_dmabuf();
}

fn report_panics_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        #[allow(clippy::print_stderr, reason = "the place in the source holds nothing of the practice")]
        {
            eprintln!("Baton failed at {place}");
        }
    }));
}

/// New files are readable by their owner only, and no crash writes memory to the disk. A system
/// that refuses either is no reason not to start.
#[cfg(unix)]
fn keep_to_ourselves() {
    use rustix::fs::Mode;
    use rustix::process::{Resource, Rlimit, setrlimit, umask};

    umask(Mode::RWXG | Mode::RWXO);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// WebKitGTK draws an empty window on some graphics drivers unless this way of passing pictures
/// is switched off before it starts. The environment of a running process cannot be changed
/// safely, so that the program begins again with the variable set. Whoever sets it decides.
#[cfg(target_os = "linux")]
fn draw_without_dmabuf() {
    use std::os::unix::process::CommandExt;

    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(VARIABLE).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // Returns only when it failed; the window may still be drawn well without.
        let _ =
            std::process::Command::new(program).args(std::env::args_os().skip(1)).env(VARIABLE, "1").exec();
    }
}
