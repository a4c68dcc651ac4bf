//go:build wasip1

package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/ignore"
	"sigs.k8s.io/yaml"
)

// loadChart does what Helm's loader does, which reads a disk: a directory, or an
// archive.
func loadChart(t *tree, root string) (*chart.Chart, error) {
	files, err := chartFiles(t, root)
	if err != nil {
		return nil, err
	}
	c, err := loader.LoadFiles(files)
	if err == nil {
		settle(c)
	}
	return c, err
}

func chartFiles(t *tree, root string) ([]*archive.BufferedFile, error) {
	if k, err := t.followedKind(root); err != nil {
		return nil, err
	} else if k == file {
		return unpack(t, root)
	}
	b, err := t.readFollowing(path.Join(root, "Chart.yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("'%s' is no chart: Chart.yaml file is missing", name(root))
	}
	if err != nil {
		return nil, err
	}
	if err := checkVersion(b); err != nil {
		return nil, err
	}
	rules := ignore.Empty()
	if b, err := t.readFollowing(path.Join(root, ignore.HelmIgnore)); err == nil {
		if rules, err = ignore.Parse(bytes.NewReader(b)); err != nil {
			return nil, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	rules.AddDefaults()
	w := walk{tree: t, root: root, rules: rules}
	err = w.enter("", nil)
	return w.files, err
}

// unpack reads a packed chart; Helm bounds what comes out.
func unpack(t *tree, at string) ([]*archive.BufferedFile, error) {
	b, err := t.readFollowing(at)
	if err != nil {
		return nil, err
	}
	files, err := archive.LoadArchiveFiles(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("file '%s' does not appear to be a valid chart file (details: %w)", name(at), err)
	}
	for _, f := range files {
		if f.Name == "Chart.yaml" {
			return files, checkVersion(f.Data)
		}
	}
	return nil, fmt.Errorf("unable to detect chart version, no Chart.yaml found in '%s'", name(at))
}

func checkVersion(b []byte) error {
	var base struct {
		APIVersion string `json:"apiVersion,omitempty"`
	}
	if err := yaml.Unmarshal(b, &base); err != nil {
		return fmt.Errorf("cannot load Chart.yaml: %w", err)
	}
	switch base.APIVersion {
	case "", chart.APIVersionV1, chart.APIVersionV2:
		return nil
	case "v3": // Helm loads it, then refuses to install it
		return errors.New("invalid chart apiVersion")
	default:
		return errors.New("unsupported chart version")
	}
}

// walk gathers a chart's files in the order of Helm's own walk (by path
// segment): CRDs are printed in it. Symbolic links are followed, as Helm does,
// within the readable root.
type walk struct {
	tree  *tree
	root  string
	rules *ignore.Rules
	files []*archive.BufferedFile
}

// enter takes the directory's real path and those of all above it: Helm walks
// a link to one of them until names are too long.
func (w *walk) enter(dir string, above []string) error {
	real, err := w.tree.follow(path.Join(w.root, dir))
	if err != nil {
		return err
	}
	if slices.Contains(above, real) {
		return fmt.Errorf("'%s' is a symbolic link to a directory that it lies in", name(path.Join(w.root, dir)))
	}
	names, err := w.tree.list(real)
	if err != nil {
		return err
	}
	for _, n := range names {
		rel := path.Join(dir, n)
		k, err := w.tree.kindAt(path.Join(w.root, rel))
		if w.rules.Ignore(rel, info{n, k == directory}) {
			continue
		}
		switch {
		case err != nil:
		case k == directory:
			err = w.enter(rel, append(slices.Clip(above), real))
		default:
			err = w.add(rel)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) add(rel string) error {
	b, err := w.tree.readFollowing(path.Join(w.root, rel))
	if err != nil {
		return err
	}
	if int64(len(b)) > archive.MaxDecompressedFileSize {
		return fmt.Errorf("chart file %q is larger than the maximum file size %d", path.Base(rel), archive.MaxDecompressedFileSize)
	}
	w.files = append(w.files, &archive.BufferedFile{Name: rel, Data: bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))})
	return nil
}

// settle orders subcharts by name; the loader leaves them in the order of a Go
// map, so that the CRDs of undeclared ones would be printed at random.
func settle(c *chart.Chart) {
	d := c.Dependencies()
	slices.SortFunc(d, func(a, b *chart.Chart) int {
		return cmp.Or(strings.Compare(a.Name(), b.Name()), strings.Compare(a.Metadata.Version, b.Metadata.Version))
	})
	for _, s := range d {
		settle(s)
	}
}

// checkDependencies refuses a chart whose declared dependencies are not under charts/.
func checkDependencies(c *chart.Chart) error {
	var missing []string
	for _, r := range c.Metadata.Dependencies {
		if !slices.ContainsFunc(c.Dependencies(), func(d *chart.Chart) bool { return d.Name() == r.Name }) {
			missing = append(missing, r.Name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: %s", strings.Join(missing, ", "))
}

type info struct {
	name string
	dir  bool
}

func (i info) Name() string     { return i.name }
func (info) Size() int64        { return 0 }
func (info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool      { return i.dir }
func (info) Sys() any           { return nil }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
