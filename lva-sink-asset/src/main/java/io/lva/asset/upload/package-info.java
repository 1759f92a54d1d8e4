/** Publishes what was recorded in a spool on this disk to a store elsewhere. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.upload;
