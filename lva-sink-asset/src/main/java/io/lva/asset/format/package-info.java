/** What an asset looks like: file names, lines of the index, own boxes. No input or output. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.format;
