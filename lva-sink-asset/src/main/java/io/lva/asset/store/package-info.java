/** Where assets are kept: the interface that a store implements, and how it is found. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.store;
