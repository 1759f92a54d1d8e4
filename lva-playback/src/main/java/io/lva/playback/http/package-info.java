/**
 * HTTP without a framework: requests, answers and their bodies, and a server for them. Everything
 * else answers requests without knowing which server received them.
 */
@NullMarked
package io.lva.playback.http;

import org.jspecify.annotations.NullMarked;
