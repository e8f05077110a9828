/// HTTP/1.1 over a Unix socket, as much of RFC 9112 as Docker's clients use: keep-alive, chunked bodies
/// both ways,
/// `100-continue`, and the take-over of a connection (`Upgrade: tcp`) that `attach` needs and that common
/// servers do not offer. Knows nothing of containers. Start reading at [io.darsena.docker.http.HttpServer].
@NullMarked
package io.darsena.docker.http;

import org.jspecify.annotations.NullMarked;
