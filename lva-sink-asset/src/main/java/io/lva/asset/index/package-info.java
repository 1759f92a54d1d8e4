/** The index of an asset: its segments, its gaps, and the names and times that these have. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.index;
