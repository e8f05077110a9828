/// Tests of the HTTP server with clients that do not behave.
@NullMarked
package io.darsena.docker.http;

import org.jspecify.annotations.NullMarked;
