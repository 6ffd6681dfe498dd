// Package ghinstallation stands for what signs in as a GitHub App, which brings a second client of GitHub with it. Argo
// CD needs the names alone: no repository here is read as a GitHub App.
package ghinstallation

import (
	"context"
	"errors"
	"net/http"
)

var errNone = errors.New("GitHub is not asked here")

type AppsTransport struct {
	http.RoundTripper
	BaseURL string
}

func NewAppsTransport(http.RoundTripper, int64, []byte) (*AppsTransport, error) {
	return nil, errNone
}

type Transport struct {
	http.RoundTripper
	BaseURL string
}

func New(http.RoundTripper, int64, int64, []byte) (*Transport, error) { return nil, errNone }

func (*Transport) Token(context.Context) (string, error) { return "", errNone }
