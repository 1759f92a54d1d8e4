/** What an asset looks like: names, index rows, and the boxes of its own. No input or output. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.format;
