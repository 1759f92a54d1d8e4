/** The index of an asset: its segments and its gaps, with their names and times. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.index;
