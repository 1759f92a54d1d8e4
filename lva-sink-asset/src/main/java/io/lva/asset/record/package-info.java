/** From samples to files: the media loop's side, the queue, and the writer lane. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.record;
