/// HTTP/1.1 as registries need it: redirects that keep secrets at home, time limits for every wait, proxies,
/// certificates, bounded reading. What is asked for is not known here. Start at
/// [io.darsena.engine.registry.http.HttpTransport].
@NullMarked
package io.darsena.engine.registry.http;

import org.jspecify.annotations.NullMarked;
