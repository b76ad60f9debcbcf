// Package media deals with files that others made: folders on the server's
// disk, and pictures that people upload. It trusts neither their names nor
// what they claim to be.
package media
