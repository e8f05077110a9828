/// Tests of an engine in another process: the contract of every engine, and what only happens between processes.
@NullMarked
package io.darsena.docker.client;

import org.jspecify.annotations.NullMarked;
