//! A window with one line of text and nothing else: what Baton's start is measured against.

use tauri::webview::PageLoadEvent;
use tauri::{Url, WebviewUrl, WebviewWindowBuilder};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page: Url = "bare://localhost/".parse()?;
    tauri::Builder::default()
        .register_uri_scheme_protocol("bare", |_, _| {
            tauri::http::Response::new(b"<!doctype html><title>Bare</title><p>Bare</p>".to_vec())
        })
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::CustomProtocol(page))
                .inner_size(1280.0, 800.0)
                .incognito(true)
                .on_page_load(|_, load| {
                    if load.event() == PageLoadEvent::Finished {
                        #[expect(clippy::print_stdout, reason = "the pipe to the bench is standard output")]
                        {
                            println!("started");
                        }
                    }
                })
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
