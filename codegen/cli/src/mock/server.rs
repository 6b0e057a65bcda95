//! Connects a mock to a socket: HTTP/1.1 by hyper on one thread of tokio.

use std::{convert::Infallible, sync::Arc, time::Duration};

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::{
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::TcpListener,
    time::{Instant, sleep, timeout},
};

use super::{Answer, Asked, Mock, Options, log, problem::Problem};
use crate::{Failure, Request, inputs::on_a_large_stack, output::print};

/// The largest body of a request.
const MAX_BODY: usize = 10 << 20;
/// The largest head of a request.
const MAX_HEAD: usize = 64 << 10;
const MAX_HEADERS: usize = 100;
/// How long the head and the body of a request can take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long open requests can take at the end.
const GRACE: Duration = Duration::from_secs(5);

/// Serves a document until Ctrl-C.
pub fn run(request: &Request, options: Options) -> Result<(), Failure> {
    let address = (options.host.clone(), options.port);
    let mock = Arc::new(Mock::read(request, options)?);
    on_a_large_stack(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::Run(format!("cannot start the server: {error}")))?;
        runtime.block_on(serve(mock, address))
    })?
}

async fn serve(mock: Arc<Mock>, (host, port): (String, u16)) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::Run(format!(
            "cannot listen on {host}:{port}: {error}. Use `--port` to select another port; 0 selects a free one"
        ))
    };
    let listener = TcpListener::bind((host.as_str(), port)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    print(&format!("listening on http://{address}\n"));
    mock.note(&format!("{} operations; press Ctrl-C to end", mock.operations()));
    let graceful = GracefulShutdown::new();
    let mut end = std::pin::pin!(tokio::signal::ctrl_c());
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // The connection ended before it was accepted, or too many files are open.
                Err(_) => {
                    sleep(Duration::from_millis(10)).await;
                    continue;
                }
            },
            _ = &mut end => break,
        };
        let mock = Arc::clone(&mock);
        let service = service_fn(move |request| {
            let mock = Arc::clone(&mock);
            async move { Ok::<_, Infallible>(respond(&mock, request).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(MAX_HEAD)
            .max_headers(MAX_HEADERS)
            .half_close(true)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that goes away is not an error of the server.
            let _ = connection.await;
        });
    }
    drop(listener);
    mock.note("ending");
    let _ = timeout(GRACE, graceful.shutdown()).await;
    Ok(())
}

async fn respond(mock: &Mock, request: hyper::Request<Incoming>) -> hyper::Response<Full<Bytes>> {
    let started = Instant::now();
    let (head, body) = request.into_parts();
    let mut asked = Asked {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| {
                (
                    name.as_str().to_owned(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect(),
        body: Vec::new(),
    };
    let answer = match timeout(PATIENCE, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => {
            asked.body = body.to_bytes().to_vec();
            mock.answer(&asked)
        }
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            let detail = format!("the body has more than {MAX_BODY} bytes");
            Problem::transport(413, "Content too large", detail).answer()
        }
        Ok(Err(_)) => Problem::transport(400, "Broken request", "the body cannot be read".to_owned()).answer(),
        Err(_) => Problem::transport(408, "Request timeout", "the body did not arrive in time".to_owned()).answer(),
    };
    let latency = mock.latency();
    if !latency.is_zero() {
        sleep(latency).await;
    }
    mock.note(&log::line(&asked, &answer, started.elapsed()));
    response(answer)
}

fn response(answer: Answer) -> hyper::Response<Full<Bytes>> {
    let mut builder = hyper::Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        builder = builder.header(name, value);
    }
    let built = builder.body(Full::new(Bytes::from(answer.body)));
    // A name or a value that HTTP does not allow.
    built.unwrap_or_else(|_| {
        let mut failed = hyper::Response::new(Full::new(Bytes::from_static(
            b"{\"status\":500,\"title\":\"Invalid header\"}",
        )));
        *failed.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
        failed
    })
}
