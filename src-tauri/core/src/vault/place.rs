//! Where a live practice must not lie: folders that other programs copy while it is written, and other computers.

use std::path::{Component, Path, Prefix};

use super::error::VaultError;

/// How the folders of synchronising programs begin, in lower case, and what the user calls them.
const SYNCHRONISED: [(&str, &str); 11] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("icloud drive", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("cloudstorage", "a cloud folder"),
    ("nextcloud", "Nextcloud"),
];

/// Refuses a place where a live database would be damaged. Links are followed as far as the path exists.
pub(super) fn check(path: &Path) -> Result<(), VaultError> {
    let nearest = path.ancestors().find_map(|part| std::fs::canonicalize(part).ok());
    for candidate in [Some(path), nearest.as_deref()].into_iter().flatten() {
        if let Some(place) = by_name(candidate) {
            return Err(VaultError::UnsafePlace { place: place.into() });
        }
    }
    match nearest.as_deref().and_then(on_network) {
        Some(place) => Err(VaultError::UnsafePlace { place: place.into() }),
        None => Ok(()),
    }
}

fn by_name(path: &Path) -> Option<&'static str> {
    path.components().find_map(|component| match component {
        Component::Prefix(prefix) => {
            matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)).then_some("a network folder")
        }
        Component::Normal(name) => {
            let name = name.to_string_lossy().to_lowercase();
            SYNCHRONISED.iter().find(|(start, _)| begins_as_word(&name, start)).map(|(_, place)| *place)
        }
        _ => None,
    })
}

/// "onedrive", "onedrive - contoso" and "dropbox (personal)", but not "dropboxes".
fn begins_as_word(name: &str, start: &str) -> bool {
    name.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether the file system belongs to another computer (`statfs` magic numbers of the Linux kernel).
#[cfg(target_os = "linux")]
fn on_network(path: &Path) -> Option<&'static str> {
    const NETWORK: [u32; 8] = [
        0x0000_6969, // NFS
        0x0000_517b, // SMB
        0xff53_4d42, // CIFS
        0xfe53_4d42, // SMB 2 and 3
        0x5346_414f, // AFS
        0x7375_7245, // Coda
        0x0000_564c, // NCP
        0x00c3_6400, // Ceph
    ];
    let magic = rustix::fs::statfs(path).ok()?.f_type;
    // The magic numbers are 32 bits whatever the type of the field is.
    let magic = u32::try_from(magic & 0xffff_ffff).ok()?;
    NETWORK.contains(&magic).then_some("a network folder")
}

/// Elsewhere the path tells: network folders are `\\server\share` on Windows, cloud folders have fixed names on macOS.
#[cfg(not(target_os = "linux"))]
fn on_network(_path: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cloud_folders_are_refused_by_the_name_the_user_knows() {
        for (path, place) in [
            ("/home/m/OneDrive/Practice", "OneDrive"),
            ("/home/m/OneDrive - Harborview Health/Practice", "OneDrive"),
            ("/home/m/Dropbox (Personal)/p", "Dropbox"),
            ("/Users/m/Library/Mobile Documents/com~apple~CloudDocs/p", "iCloud Drive"),
            ("/Users/m/Library/CloudStorage/GoogleDrive-m/p", "a cloud folder"),
            ("/home/m/Google Drive/p", "Google Drive"),
        ] {
            match check(Path::new(path)) {
                Err(VaultError::UnsafePlace { place: named }) => assert_eq!(named, place, "{path}"),
                other => panic!("{path}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_local_folder_with_a_name_alike_is_fine() {
        for path in ["/home/m/Dropboxes/p", "/home/m/my drives/p", "/tmp/päxis #1 100%?/ضابط"] {
            assert!(check(Path::new(path)).is_ok(), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_a_cloud_folder_is_followed() {
        let place = tempfile::tempdir().expect("a folder");
        let cloud = place.path().join("Dropbox");
        std::fs::create_dir(&cloud).expect("made");
        let link = place.path().join("practice");
        std::os::unix::fs::symlink(&cloud, &link).expect("linked");
        assert!(matches!(check(&link.join("inner")), Err(VaultError::UnsafePlace { .. })));
    }
}
