//! A window with one line of text and nothing else: what Baton's start is measured against.

use tauri::http::HeaderValue;
use tauri::http::header::CONTENT_TYPE;
use tauri::webview::PageLoadEvent;
use tauri::{Url, WebviewUrl, WebviewWindowBuilder};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page: Url = "bare://localhost/".parse()?;
    tauri::Builder::default()
        .register_uri_scheme_protocol("bare", |_, _| {
            let mut page =
                tauri::http::Response::new(b"<!doctype html><title>Bare</title><p>Bare</p>".to_vec());
            page.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            page
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
                        std::process::exit(0);
                    }
                })
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
