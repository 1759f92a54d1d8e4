/** Reads assets: what there is, one time line over it, and what is being recorded. */
@org.jspecify.annotations.NullMarked
package io.lva.asset;
