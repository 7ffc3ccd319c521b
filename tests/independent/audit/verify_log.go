// Checks an audit log with Go's own transparency log packages (golang.org/x/mod/sumdb), which share
// nothing with the program that wrote it: verify_log DIR VKEYFILE [OLDCHECKPOINT] [PROOF]
//
// It opens the checkpoint, reads every tile and entry bundle as c2sp.org/tlog-tiles names them,
// hashes every entry, asks package tlog for a proof of every entry and from every size to the
// newest, and checks them. PROOF is a file of c2sp.org/tlog-proof. Exit 0: all holds.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "verify_log:", err)
		os.Exit(1)
	}
}

func check(good bool, format string, args ...interface{}) {
	if !good {
		must(fmt.Errorf(format, args...))
	}
}

// Package tlog names tiles tile/8/LEVEL/...; tlog-tiles leaves the height out.
func path(tile tlog.Tile, folder string) string {
	name := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
	if tile.L == -1 {
		name = strings.Replace(name, "data/", "entries/", 1)
	}
	return filepath.Join(folder, "tile", filepath.FromSlash(name))
}

type folderReader struct{ folder string }

func (r folderReader) Height() int { return height }
func (r folderReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(path(tile, r.folder))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: %d bytes", path(tile, r.folder), len(data))
		}
		all = append(all, data)
	}
	return all, nil
}
func (r folderReader) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func openTree(text []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(text, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	check(len(lines) >= 4 && lines[0] == verifier.Name(), "the checkpoint is of %q", lines[0])
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}
}

func entries(folder string, size int64) [][]byte {
	var all [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		data, err := os.ReadFile(path(tlog.Tile{H: height, L: -1, N: n, W: int(width)}, folder))
		must(err)
		for i := int64(0); i < width; i++ {
			check(len(data) >= 2, "bundle %d breaks off", n)
			length := int(binary.BigEndian.Uint16(data))
			check(len(data) >= 2+length, "bundle %d breaks off", n)
			all = append(all, data[2:2+length])
			data = data[2+length:]
		}
		check(len(data) == 0, "bundle %d goes on", n)
	}
	return all
}

func checkProof(name string, verifier note.Verifier) {
	text, err := os.ReadFile(name)
	must(err)
	parts := bytes.SplitN(text, []byte("\n\n"), 2)
	check(len(parts) == 2, "%s: no checkpoint", name)
	lines := strings.Split(string(parts[0]), "\n")
	check(len(lines) >= 3 && lines[0] == "c2sp.org/tlog-proof@v1", "%s: no proof", name)
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		must(err)
		proof = append(proof, hash)
	}
	tree := openTree(parts[1], verifier)
	must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
}

func main() {
	check(len(os.Args) >= 3, "usage: verify_log DIR VKEYFILE [OLDCHECKPOINT] [PROOF]")
	folder := os.Args[1]
	key, err := os.ReadFile(os.Args[2])
	must(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	must(err)
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	must(err)
	tree := openTree(text, verifier)
	all := entries(folder, tree.N)

	// The root from the entries alone.
	var stored []tlog.Hash
	storedReader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, i := range indexes {
			hashes = append(hashes, stored[i])
		}
		return hashes, nil
	})
	for n, entry := range all {
		hashes, err := tlog.StoredHashes(int64(n), entry, storedReader)
		must(err)
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(tree.N, storedReader)
	must(err)
	if tree.N == 0 {
		// RFC 6962, section 2.1; this version of package tlog gives zeros.
		root = sha256.Sum256(nil)
	}
	check(root == tree.Hash, "the entries' root is %v, the checkpoint's %v", root, tree.Hash)

	// Proofs from the tiles. TileHashReader checks each tile against the checkpoint.
	tiles := tlog.TileHashReader(tree, folderReader{folder})
	for n, entry := range all {
		proof, err := tlog.ProveRecord(tree.N, int64(n), tiles)
		must(err)
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(n), tlog.RecordHash(entry)))
	}
	if len(os.Args) > 3 && os.Args[3] != "" {
		text, err := os.ReadFile(os.Args[3])
		must(err)
		old := openTree(text, verifier)
		if old.N > 0 {
			proof, err := tlog.ProveTree(tree.N, old.N, tiles)
			must(err)
			must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
		}
	}
	if len(os.Args) > 4 {
		checkProof(os.Args[4], verifier)
	}
	fmt.Printf("%s: %d entries hold\n", verifier.Name(), tree.N)
}
