/** The way from the spool on a disk to a store that is not this disk. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.upload;
